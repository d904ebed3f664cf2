"""Optimizers: what SGD, momentum, RMSProp and Adam make of a gradient that is small, everywhere or for one lag only."""

import random

from sympy import Integer, Rational, Symbol, oo, sqrt, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.optimizers import AdamStep, FirstMoment, MomentumStep, RmsPropStep, SecondMoment, Share, Total, every
from derivations.algebra.scalars import Modulus, Plus, Ratio, Root, Times
from derivations.algebra.terms import Family, Power, i, t
from derivations.checking.optimizers import enumerated, published, written
from derivations.checking.scalars import Suite, mutants, numbers
from derivations.entry import Declared, Entry, Range, Statement, Step
from derivations.text import Text

alpha, beta, beta_1, beta_2, epsilon, c = symbols("alpha beta beta_1 beta_2 epsilon c", positive=True)
g = Symbol("g", real=True)
g_i, a_i, b_i = (Family(name, 1)[i] for name in "gab")
ALL, SCALED, CONSTANT = every(g_i, t), every(Times(c, g_i), t), every(g, t)
ADAM, EXACT = (alpha, beta_1, beta_2, epsilon), (alpha, beta_1, beta_2, Integer(0))

GRADIENTS = Declared(g_i, Text("gradient of one coordinate at update i", "一个坐标在第 i 次更新时的梯度"))
SAME = Declared(g, Text("gradient of one coordinate, the same at every update", "一个坐标的梯度，每次更新都相同"), domain="g \\ne 0")
COUNT = Declared(t, Text("number of updates so far", "到目前为止的更新次数"))
RATE = Declared(alpha, Text("learning rate", "学习率"), domain="\\alpha > 0")
FACTOR = Declared(c, Text("what all gradients are multiplied by", "所有梯度共同的倍数"), domain="c > 0")
FIRST = Declared(beta_1, Text("forgetting factor of the first moment", "一阶矩的衰减率"), domain="0 \\le \\beta_1 < 1")
SECOND = Declared(beta_2, Text("forgetting factor of the second moment", "二阶矩的衰减率"), domain="0 \\le \\beta_2 < 1")
FORGET = Declared(beta, Text("forgetting factor", "衰减率"), domain="0 \\le \\beta < 1")
GUARD = Declared(epsilon, Text("a small constant against division by zero", "防止除以零的小常数"), domain="\\varepsilon > 0")
NO_GUARD = Text("ε = 0, and not all gradients are zero.", "ε = 0，且梯度不全为零。")


def points(seed, positive=()):
    """Updates 1 to 15 with random rational gradients and usual and unusual hyperparameters; sequences named in ``positive`` have no sign."""
    draw, found = random.Random(seed), []
    for count, factors in ((1, (9, 999)), (2, (9, 999)), (3, (5, 900)), (7, (0, 990)), (15, (9, 999))):
        drawn = {name: [Rational(draw.randint(1, 40) * (1 if name in positive else draw.choice((-1, 1))), 8) for _ in range(count)] for name in "gab"}
        found.append({t: Integer(count), alpha: Rational(draw.randint(1, 9), 20), beta_1: Rational(factors[0], 10), beta_2: Rational(factors[1], 1000), beta: Rational(factors[0], 10), epsilon: Rational(1, 10), c: Rational(draw.choice((1, 30)), 7),
                      g: Rational(draw.choice((-7, 3, 11)), 4), **{name: lambda step, values=values: values[step - 1] for name, values in drawn.items()}})  # fmt: skip
    return tuple(found)


def tried(id_, slug, title, statement, wrong, declared, steps, claims=None, kind="identity", exact=False, at=None, values=None, **parts):
    """The parts of an entry that is run as published and as PyTorch writes it, and in fractions where there is no root."""
    at = at or points(int(id_[1:]))
    checks = (*((enumerated(at),) if exact else ()), published(at), written(at))
    claims = claims or {}
    return dict(id=id_, slug=slug, kind=kind, title=title, statement=statement, suite=Suite(checks, wrong, claims), declared=declared, domain=(Range(t, Integer(1), oo),), steps=steps, values=values or numbers(claims), **parts)


def entries():
    """The published results of this topic, in the order of the page."""
    return (first_moment(), second_moment(), adam(), momentum_scaled(), momentum_constant(), adam_scaled(), adam_constant(), rmsprop_constant(), share())


def averaged(body, factor):
    """The bias-corrected average of a sequence, written out."""
    return Times(Ratio(Plus(1, -factor), Plus(1, -(factor**t))), Total(every(Times(factor ** (t - i), body), t)))


def first_moment():
    statement = Statement(FirstMoment(ALL, beta_1), "=", averaged(g_i, beta_1))
    total = statement.right.args[1]
    wrong = mutants(statement, bias_correction_forgotten=Times(Plus(1, -beta_1), total), factor_dropped=Ratio(total, Plus(1, -(beta_1**t))), oldest_weighted_most=Times(statement.right.args[0], Total(every(Times(beta_1**i, g_i), t))), last_gradient_alone=g_i.at(t))
    steps = (Step(Statement(Times(Plus(1, -(beta_1**t)), FirstMoment(ALL, beta_1)), "=", Times(Plus(1, -beta_1), total)), Text("Insert m_i = β₁ m_{i−1} + (1 − β₁) g_i into itself, down to m_0 = 0.", "把 m_i = β₁ m_{i−1} + (1 − β₁) g_i 反复代入自身，直到 m_0 = 0。")),
             Step(statement, Text("Divide by 1 − β₁ᵗ, the sum of the weights: what remains is an average.", "除以权重之和 1 − β₁ᵗ，剩下的就是一个加权平均。")))
    return Entry(**tried("V950", "adam.first_moment", Text("Adam's first moment is a weighted average of the gradients", "Adam 的一阶矩是梯度的加权平均"), statement, wrong, (GRADIENTS, COUNT, FIRST), steps, exact=True, sources=("kingma2015",)))


def second_moment():
    square = Power(g_i, 2)
    statement = Statement(SecondMoment(ALL, beta_2), "=", averaged(square, beta_2))
    total = statement.right.args[1]
    wrong = mutants(statement, bias_correction_forgotten=Times(Plus(1, -beta_2), total), not_squared=averaged(g_i, beta_2), square_of_the_average=averaged(g_i, beta_2) ** 2)
    steps = (Step(statement, Text("The same recursion with the squares of the gradients.", "同样的递推，换成梯度的平方。")),)
    return Entry(**tried("V951", "adam.second_moment", Text("Adam's second moment is a weighted average of the squares", "Adam 的二阶矩是梯度平方的加权平均"), statement, wrong, (GRADIENTS, COUNT, SECOND), steps, exact=True, sources=("kingma2015",)))


def adam():
    first, second = FirstMoment(ALL, beta_1), SecondMoment(ALL, beta_2)
    statement = Statement(AdamStep(ALL, *ADAM), "=", Ratio(Times(alpha, first), Plus(Root(second), epsilon)))
    wrong = mutants(statement, epsilon_under_the_root=Ratio(Times(alpha, first), Root(Plus(second, epsilon))), root_dropped=Ratio(Times(alpha, first), Plus(second, epsilon)), epsilon_dropped=Ratio(Times(alpha, first), Root(second)),
                    bias_correction_forgotten=Ratio(Times(alpha, Plus(1, -(beta_1**t)), first), Plus(Root(Times(Plus(1, -(beta_2**t)), second)), epsilon)))  # fmt: skip
    return Entry(**tried("V952", "adam.step", Text("The step of Adam in one coordinate", "Adam 在一个坐标上的一步"), statement, wrong, (GRADIENTS, COUNT, RATE, FIRST, SECOND, GUARD), (), kind="definition", sources=("kingma2015",)))


def momentum_scaled():
    statement = Statement(MomentumStep(SCALED, alpha, beta), "=", Times(c, MomentumStep(ALL, alpha, beta)))
    step = statement.right.args[1]
    wrong = mutants(statement, unchanged=step, squared=Times(c**2, step), inverted=Ratio(step, c), momentum_dropped=Times(c, alpha, g_i.at(t)))
    steps = (Step(statement, Text("The step is a sum of gradients with fixed weights, hence linear in them.", "这一步是梯度以固定权重求和，所以对梯度是线性的。")),)
    return Entry(**tried("V953", "momentum.scaled", Text("SGD and momentum: a gradient that is smaller by a factor gives a step smaller by that factor", "SGD 与动量：梯度缩小多少倍，步长就缩小多少倍"), statement, wrong, (GRADIENTS, COUNT, FACTOR, RATE, FORGET), steps, exact=True))


def momentum_constant():
    statement = Statement(MomentumStep(CONSTANT, alpha, beta), "=", Times(Ratio(Plus(1, -(beta**t)), Plus(1, -beta)), alpha, g))
    claims = {f"limit_{top}": Statement(Ratio(1, Plus(1, -Rational(top, 10 ** len(str(top))))), "=", Integer(10 ** len(str(top)))) for top in (9, 99)}
    wrong = mutants(statement, averaged_instead=Times(alpha, g), the_limit_at_once=Times(Ratio(1, Plus(1, -beta)), alpha, g), one_power_too_many=Times(Ratio(Plus(1, -(beta ** (t + 1))), Plus(1, -beta)), alpha, g), counted=Times(t, alpha, g))
    steps = (Step(statement, Text("A geometric sum: 1 + β + … + βᵗ⁻¹.", "几何级数的和：1 + β + … + βᵗ⁻¹。")),)
    return Entry(**tried("V954", "momentum.constant", Text("Momentum under a constant gradient", "梯度不变时的动量"), statement, wrong, (SAME, COUNT, RATE, FORGET), steps, claims, exact=True))


def adam_scaled():
    statement = Statement(AdamStep(SCALED, *EXACT), "=", AdamStep(ALL, *EXACT))
    wrong = mutants(statement, as_for_SGD=Times(c, statement.right), root=Times(Root(c), statement.right), inverted=Ratio(statement.right, c), rate_alone=alpha)
    steps = (Step(Statement(FirstMoment(SCALED, beta_1), "=", Times(c, FirstMoment(ALL, beta_1))), Text("The first moment is linear in the gradients.", "一阶矩对梯度是线性的。"), ("adam.first_moment",)),
             Step(Statement(Root(SecondMoment(SCALED, beta_2)), "=", Times(c, Root(SecondMoment(ALL, beta_2)))), Text("The second contains the square of the factor, and its root the factor.", "二阶矩含有倍数的平方，开方后就是这个倍数。"), ("adam.second_moment",)),
             Step(statement, Text("The factor cancels.", "倍数约去。"), ("adam.step",)))
    return Entry(**tried("V955", "adam.scaled", Text("Adam does not see a common factor of all gradients", "Adam 看不见所有梯度的公共倍数"), statement, wrong, (GRADIENTS, COUNT, FACTOR, RATE, FIRST, SECOND), steps, assumptions=(NO_GUARD,), sources=("kingma2015",)))


def adam_constant():
    size = Modulus(g)
    statement = Statement(Modulus(AdamStep(CONSTANT, *ADAM)), "=", Times(alpha, Ratio(size, Plus(size, epsilon))))
    rates = (Integer(1), Rational(9, 10), Rational(999, 1000), Rational(1, 10**8))
    claims = {f"at_1e-{power}": Statement(AdamStep(every(Rational(1, 10**power), Integer(4)), *rates), "=", Rational(10**8, 10**8 + 10**power)) for power in (4, 6, 8, 10, 20)}
    wrong = mutants(statement, full_step=alpha, epsilon_under_the_root=Times(alpha, Ratio(size, Root(Plus(size**2, epsilon)))), as_for_SGD=Times(alpha, size), first_order_only=Times(alpha, Ratio(size, epsilon)))
    steps = (Step(adam().statement, Text("The step in general.", "一般的一步。"), ("adam.step",)),
             Step(Statement(FirstMoment(CONSTANT, beta_1), "=", g), Text("The average of equal numbers is that number.", "相同的数，平均仍是这个数。"), ("adam.first_moment",)),
             Step(Statement(Root(SecondMoment(CONSTANT, beta_2)), "=", size), Text("So is the root mean square, up to the sign.", "均方根也一样，只差正负号。"), ("adam.second_moment",)),
             Step(statement, Text("Insert both.", "把两者代入。")))
    return Entry(**tried("V956", "adam.constant", Text("Adam under a constant gradient: the learning rate, as long as the gradient is far above ε", "梯度不变时的 Adam：只要梯度远大于 ε，一步就是学习率"), statement, wrong, (SAME, COUNT, RATE, FIRST, SECOND, GUARD), steps, claims))


def rmsprop_constant():
    statement = Statement(Modulus(RmsPropStep(CONSTANT, alpha, beta, Integer(0))), "=", Ratio(alpha, Root(Plus(1, -(beta**t)))))
    claims = {f"first_{str(factor)[2:]}": Statement(RmsPropStep(every(Integer(3), Integer(1)), Integer(1), Rational(str(factor)), Integer(0)), "=", 1 / sqrt(1 - Rational(str(factor)))) for factor in (0.9, 0.99)}
    wrong = mutants(statement, as_for_Adam=alpha, root_forgotten=Ratio(alpha, Plus(1, -(beta**t))), first_step_for_ever=Ratio(alpha, Root(Plus(1, -beta))), multiplied_instead=Times(alpha, Root(Plus(1, -(beta**t)))))
    steps = (Step(statement, Text("The running mean square starts at zero and has reached only the share 1 − βᵗ of g².", "滑动均方从零开始，此时只到 g² 的 1 − βᵗ 倍。")),)
    return Entry(**tried("V957", "rmsprop.constant", Text("RMSProp takes its longest steps first", "RMSProp 起步时步子最大"), statement, wrong, (SAME, COUNT, RATE, FORGET), steps, claims, assumptions=(NO_GUARD,)))


def share():
    both = every(Plus(a_i, b_i), t)
    weighted = [Total(every(Times(beta_1 ** (t - i), of), t)) for of in (b_i, Plus(a_i, b_i))]
    statement = Statement(Share(every(b_i, t), both, *ADAM), "=", Ratio(*weighted))
    own = Root(SecondMoment(every(b_i, t), beta_2)), Root(SecondMoment(every(a_i, t), beta_2))
    moved = [Ratio(FirstMoment(every(of, t), beta_1), root) for of, root in ((b_i, own[0]), (a_i, own[1]))]
    wrong = mutants(statement, half=Rational(1, 2), as_if_each_lag_had_a_second_moment_of_its_own=Ratio(moved[0], Plus(*moved)), the_other_lag=Ratio(Total(every(Times(beta_1 ** (t - i), a_i), t)), weighted[1]), last_gradient_alone=Ratio(b_i.at(t), Plus(a_i.at(t), b_i.at(t))))
    steps = (Step(adam().statement, Text("The step; here g_i is a_i + b_i.", "Adam 的一步；这里 g_i 是 a_i + b_i。"), ("adam.step",)),
             Step(Statement(FirstMoment(both, beta_1), "=", Plus(FirstMoment(every(a_i, t), beta_1), FirstMoment(every(b_i, t), beta_1))), Text("The first moment is linear: each term keeps its own part.", "一阶矩是线性的，每一项各占自己的一份。"), ("adam.first_moment",)),
             Step(Statement(Share(every(b_i, t), both, *ADAM), "=", Ratio(FirstMoment(every(b_i, t), beta_1), FirstMoment(both, beta_1))), Text("Learning rate and denominator belong to the coordinate and not to the term, so they cancel.", "学习率与分母属于坐标，不属于其中某一项，因此约去。")),
             Step(statement, Text("So do the factors in front of the sums.", "求和号前的因子也约去。")))
    declared = (Declared(a_i, Text("the part of the gradient that comes from short lags", "梯度中来自短时滞的部分")), Declared(b_i, Text("the part that comes from the long lag", "来自长时滞的部分")), COUNT, RATE, FIRST, SECOND, GUARD)
    return Entry(**tried("V958", "adam.share", Text("One lag among many: Adam leaves its share as it is", "众多时滞中的一个：Adam 不改变它的份额"), statement, wrong, declared, steps, at=points(958, "ab"), assumptions=(Text("The share is the part of the step that enters through b in the first moment; sums in the denominator are not zero.", "份额指步长中经一阶矩里的 b 进入的那一部分；分母中的和不为零。"),)))
