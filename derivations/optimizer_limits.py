"""Optimizers: noise, the longest step of Adam, clipping by the ratio to the weights, and a learning rate that warms up."""

import random

from sympy import ImmutableMatrix, Integer, MatrixSymbol, Rational, Symbol, limit, oo, sqrt, symbols

from derivations.algebra.optimizers import AdamStep, FirstMoment, MeanOver, SecondMoment, Silence, Total, VarianceOver, every
from derivations.algebra.scalars import Decimal, Digits, Modulus, Plus, Ratio, Root, Smaller, SpectralNorm, Times
from derivations.algebra.terms import i, t
from derivations.checking.arithmetic import Double, Extended
from derivations.checking.constants import enclosed
from derivations.checking.optimizers import attacked, attained, enumerated, leading, noisy
from derivations.checking.scalars import Suite, agreement, digit_mutants, mutants
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Number, Range, Statement, Step
from derivations.optimizers import ALL, COUNT, EXACT, FIRST, FORGET, GRADIENTS, NO_GUARD, RATE, SAME, SECOND, alpha, beta, beta_1, beta_2, g, tried
from derivations.text import Text

mu = Symbol("mu", real=True)
sigma, rho, lam = symbols("sigma rho lambda", positive=True)
n = Symbol("n", integer=True, positive=True)
G, W = MatrixSymbol("g", n, 1), MatrixSymbol("w", n, 1)
MEAN = Declared(mu, Text("mean of the gradient of one coordinate", "一个坐标的梯度的均值"))
NOISE = Declared(sigma, Text("its standard deviation", "它的标准差"), domain="\\sigma > 0")
INDEPENDENT = Text("The gradients of different updates are independent, with the same mean and variance.", "各次更新的梯度相互独立，均值与方差相同。")
DEFAULTS = {beta_1: Rational(9, 10), beta_2: Rational(999, 1000)}


WITHOUT_GUARD = Step(Statement(Modulus(AdamStep(ALL, *EXACT)), "=", Times(alpha, Ratio(Modulus(FirstMoment(ALL, beta_1)), Root(SecondMoment(ALL, beta_2))))), Text("The step without ε.", "没有 ε 的一步。"), ("adam.step",))


def entries():
    """The published results of this topic, in the order of the page."""
    return (noise(), averaging(), silence(), bound(), longest(), adaptive_clipping(), warm_up())


def _chance():
    """Few updates, so that all sequences of signs can be listed."""
    return tuple({t: Integer(count), mu: Rational(top, 4), sigma: Rational(width, 3), beta: Rational(factor, 10)} for count, top, width, factor in ((1, 3, 2, 9), (2, -5, 4, 9), (5, 1, 5, 5), (8, 7, 3, 9)))


def _over_chance(id_, slug, title, statement, wrong, steps, declared, **parts):
    """The parts of an entry about noise: all sequences of two gradients in fractions, and normal noise."""
    at = _chance()
    suite = Suite((enumerated(at), noisy(int(id_[1:]), at)), wrong)
    return dict(id=id_, slug=slug, kind="expectation", title=title, statement=statement, suite=suite, declared=declared, domain=(Range(t, Integer(1), oo),), assumptions=(INDEPENDENT,), steps=steps, **parts)


def noise():
    statement = Statement(MeanOver(SecondMoment(ALL, beta), mu, sigma), "=", Plus(mu**2, sigma**2))
    wrong = mutants(statement, noise_forgotten=mu**2, mean_forgotten=sigma**2, square_of_the_sum=Plus(mu, sigma) ** 2, bias_correction_forgotten=Times(Plus(1, -(beta**t)), Plus(mu**2, sigma**2)))
    steps = (Step(statement, Text("A weighted average of squares, each of which has the mean μ² + σ².", "这是平方的加权平均，每个平方的均值都是 μ² + σ²。"), ("adam.second_moment",)),)
    return Entry(**_over_chance("V960", "adam.noise", Text("What Adam divides by: the mean square, noise included", "Adam 用什么作除数：均方，噪声也在内"), statement, wrong, steps, (MEAN, NOISE, COUNT, FORGET), sources=("kingma2015",)))


def averaging():
    factor = Times(Ratio(Plus(1, -beta), Plus(1, beta)), Ratio(Plus(1, beta**t), Plus(1, -(beta**t))))
    statement = Statement(VarianceOver(FirstMoment(ALL, beta), mu, sigma), "=", Times(factor, sigma**2))
    wrong = mutants(statement, no_averaging=sigma**2, counted=Ratio(sigma**2, t), the_limit_at_once=Times(Ratio(Plus(1, -beta), Plus(1, beta)), sigma**2), weights_not_squared=Times(Plus(1, -beta), sigma**2), deviation_for_variance=Times(factor, sigma))
    squares = Times(Ratio(Plus(1, -beta), Plus(1, -(beta**t))) ** 2, Total(every(beta ** (2 * t - 2 * i), t)))
    steps = (Step(Statement(statement.left, "=", Times(squares, sigma**2)), Text("Independent terms: the variances add up with the squares of the weights.", "各项独立：方差按权重的平方相加。"), ("adam.first_moment",)),
             Step(statement, Text("A geometric sum; 1 − β²ᵗ is (1 − βᵗ)(1 + βᵗ), and one factor cancels.", "几何级数求和；1 − β²ᵗ 等于 (1 − βᵗ)(1 + βᵗ)，约去一个因子。")))
    share = factor.doit()
    far = limit(share.subs(beta, Rational(9, 10)), t, oo)
    values = {"limit": Number(far), "gain": Number(1 / sqrt(far)), "count": Number(1 / far)} | {f"after_{count}": Number(share.subs({beta: Rational(9, 10), t: count})) for count in (1, 10)}
    return Entry(**_over_chance("V961", "adam.averaging", Text("How much noise the first moment averages away", "一阶矩平均掉多少噪声"), statement, wrong, steps, (MEAN, NOISE, COUNT, FORGET), values=values))


def silence():
    right = Times(alpha, Ratio(Plus(1, -beta_1), Plus(1, -(beta_1**t))), Root(Ratio(Plus(1, -(beta_2**t)), Plus(1, -beta_2))))
    statement = Statement(Modulus(AdamStep(Silence(g, t), *EXACT)), "=", right)
    wrong = mutants(statement, learning_rate=alpha, in_proportion_to_the_gradient=Times(alpha, Modulus(g)), root_forgotten=Times(alpha, Ratio(Plus(1, -beta_1), Plus(1, -(beta_1**t))), Ratio(Plus(1, -(beta_2**t)), Plus(1, -beta_2))),
                    the_limit_at_once=Times(alpha, Ratio(Plus(1, -beta_1), Root(Plus(1, -beta_2)))))  # fmt: skip
    steps = (WITHOUT_GUARD, Step(Statement(FirstMoment(Silence(g, t), beta_1), "=", Times(Ratio(Plus(1, -beta_1), Plus(1, -(beta_1**t))), g)), Text("Only the last term of the sum is left.", "求和只剩最后一项。"), ("adam.first_moment",)),
             Step(statement, Text("The same for the squares; the modulus of the gradient cancels.", "平方也是如此；梯度的绝对值约去。"), ("adam.second_moment",)))
    values = {f"after_{count}": Number(right.doit().evalf(60, subs={alpha: 1, t: count, **DEFAULTS})) for count in (10, 100, 1000)}
    values["limit"] = Number(limit(right.doit().subs({alpha: 1, **DEFAULTS}), t, oo))
    return Entry(**tried("V962", "adam.silence", Text("One gradient after a long silence: Adam can move further than the learning rate", "久无梯度之后来了一个：Adam 可以走得比学习率还远"), statement, wrong, (SAME, COUNT, RATE, FIRST, SECOND), steps, values=values, assumptions=(NO_GUARD,), sources=("kingma2015",)))


def bound():
    outer, squares, series = Ratio(Plus(1, -beta_1), Plus(1, -(beta_1**t))), Ratio(Plus(1, -(beta_2**t)), Plus(1, -beta_2)), Ratio(Plus(1, -(rho**t)), Plus(1, -rho))
    statement = Statement(Modulus(AdamStep(ALL, *EXACT)), "<=", Times(alpha, outer, Root(Times(squares, series))))
    wrong = mutants(statement, as_after_a_silence=Times(alpha, outer, Root(squares)), learning_rate=alpha, one_per_cent_less=Times(Rational(99, 100), statement.right), root_forgotten=Times(alpha, outer, squares, series))
    wrong += (Mutant("as Kingma and Ba state it", statement.with_right(Times(alpha, Ratio(Plus(1, -beta_1), Root(Plus(1, -beta_2)))))),)
    at = tuple({t: Integer(count), alpha: Rational(1, 2), beta_1: one, beta_2: two, rho: one**2 / two, "g": lambda step, factor=one / two, count=count: factor ** (count - step)}
               for count, one, two in ((1, Rational(9, 10), Rational(99, 100)), (6, Rational(9, 10), Rational(99, 100)), (20, Rational(1, 2), Rational(9, 10)), (300, Rational(9, 10), Rational(999, 1000))))
    steps = (WITHOUT_GUARD,
             Step(statement, Text("Write β₁ᵗ⁻ⁱ g_i as (β₁ᵗ⁻ⁱ β₂⁽ⁱ⁻ᵗ⁾ᐟ²)(β₂⁽ᵗ⁻ⁱ⁾ᐟ² g_i) and use the Cauchy–Schwarz inequality; the squares of the first factors are powers of ρ. Equality where g_i is a multiple of (β₁/β₂)ᵗ⁻ⁱ.", "把 β₁ᵗ⁻ⁱ g_i 写成 (β₁ᵗ⁻ⁱ β₂⁽ⁱ⁻ᵗ⁾ᐟ²)(β₂⁽ᵗ⁻ⁱ⁾ᐟ² g_i)，用柯西–施瓦茨不等式；前一因子的平方是 ρ 的幂。g_i 与 (β₁/β₂)ᵗ⁻ⁱ 成比例时取等号。"), ("adam.first_moment", "adam.second_moment")))
    usual = {alpha: 1, rho: DEFAULTS[beta_1] ** 2 / DEFAULTS[beta_2], **DEFAULTS}
    values = {f"after_{count}": Number(statement.right.doit().evalf(60, subs={t: count, **usual})) for count in (10, 100, 1000)} | {"growth": Number(DEFAULTS[beta_2] / DEFAULTS[beta_1])}
    suite = Suite((attacked(at[:3], lambda chance, steps_: chance.normal(size=steps_) * chance.choice((0.1, 0.5, 0.9, 1.0)) ** chance.permutation(steps_)), attained(at)), wrong)
    return Entry("V963", "adam.bound", "bound", Text("The longest step that Adam can take", "Adam 一步最多能走多远"), statement, suite, declared=(GRADIENTS, COUNT, RATE, FIRST, SECOND, Declared(rho, Text("β₁² / β₂, not equal to one", "β₁² / β₂，不等于一"))), domain=(Range(t, Integer(1), oo),), assumptions=(NO_GUARD,), steps=steps, values=values)


def longest():
    one, two = Decimal("0.9"), Decimal("0.999")
    right = Ratio(Plus(1, Times(-1, one)), Root(Times(Plus(1, Times(-1, two)), Plus(1, Times(-1, Ratio(one**2, two))))))
    statement = Statement(right, "=", Digits("727029179", 0))
    claims = {"kingma_ba": Statement(Ratio(Plus(1, Times(-1, one)), Root(Plus(1, Times(-1, two)))), "=", Digits("316227766016", 0))}
    wrong = digit_mutants("value", statement) + mutants(statement, learning_rate=Integer(1))
    steps = (Step(bound().statement, Text("The bound; its powers tend to zero.", "这个界；其中的各次幂都趋于零。"), ("adam.bound",)),
             Step(statement, Text("The limit of the bound for many updates, with the usual hyperparameters.", "更新次数很多时界的极限，超参数取常用值。")))
    return Entry("V964", "adam.longest", "constant", Text("With the usual hyperparameters Adam can move seven times the learning rate", "超参数取常用值时，Adam 一步可达学习率的七倍"), statement, Suite((leading(), enclosed("intervals and logarithms", ({},))), wrong, claims), steps=steps, uses=("adam.bound",),
                 values={"factor": Number(right.doit(), 12), "kingma_ba": Number(claims["kingma_ba"].left.doit(), 12)}, sources=("kingma2015",))  # fmt: skip


def _weights():
    draw, found = random.Random(965), []
    for rows in (1, 2, 4, 7):
        for size in (1, 40):
            found.append({G: ImmutableMatrix(rows, 1, lambda j, k: Rational(draw.choice([x for x in range(-30, 31) if x]) * size, 8)), W: ImmutableMatrix(rows, 1, lambda j, k: Rational(draw.randint(1, 20), 4)), lam: Rational(draw.choice((1, 90)), 10), n: Integer(rows)})
    return tuple(found)


def adaptive_clipping():
    size, weight = SpectralNorm(G), SpectralNorm(W)
    factor = Smaller(Integer(1), Times(lam, Ratio(weight, size)))
    clipped = Ratio(SpectralNorm(Times(factor, G)), weight)
    statement = Statement(clipped, "=", Smaller(Ratio(size, weight), lam))
    wrong = mutants(statement, not_clipped=Ratio(size, weight), always_the_threshold=lam, threshold_for_the_norm=Ratio(Smaller(size, lam), weight), ratio_upside_down=Smaller(Ratio(weight, size), lam))
    steps = (Step(Statement(SpectralNorm(Times(factor, G)), "=", Smaller(size, Times(lam, weight))), Text("The threshold of clipping by norm is λ‖w‖ here.", "这里按范数裁剪的阈值是 λ‖w‖。"), ("clip.norm",)),
             Step(statement, Text("Divide by the norm of the weights.", "除以权重的范数。")))
    at = _weights()
    return Entry("V965", "clip.adaptive", "identity", Text("Adaptive clipping caps the relative change of the weights", "自适应裁剪限制的是权重的相对变化"), statement, Suite((agreement("values with 60 digits", Extended, at, 1e-50), agreement("NumPy", Double, at, 1e-9)), wrong),
                 declared=(Declared(G, Text("gradient of the incoming weights of one unit", "一个单元的输入权重的梯度"), (n, 1), "g \\ne 0"), Declared(W, Text("these weights", "这些权重"), (n, 1), "w \\ne 0"), Declared(lam, Text("threshold", "阈值"), domain="\\lambda > 0"), Declared(n, Text("number of weights", "权重个数"))), steps=steps, uses=("clip.norm",), sources=("brock2021",))  # fmt: skip


def warm_up():
    statement = Statement(Total(every(Times(Ratio(i, t), alpha), t)), "=", Times(Ratio(Plus(t, 1), 2), alpha))
    wrong = mutants(statement, as_without_warm_up=Times(t, alpha), exactly_half=Times(Ratio(t, 2), alpha), squared=Times(Ratio(Times(t, Plus(t, 1)), 2), alpha))
    steps = (Step(statement, Text("1 + 2 + … + t is t(t + 1)/2.", "1 + 2 + … + t 等于 t(t + 1)/2。")),)
    return Entry(**tried("V966", "warmup.linear", Text("A linear warm-up halves the distance that the first updates can cover", "线性预热使最初几次更新能走的距离减半"), statement, wrong, (COUNT, RATE), steps, exact=True))
