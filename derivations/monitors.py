"""Numbers to compare a monitor with: the loss before any learning, and how far Adam's first step goes."""

from sympy import Integer, Rational, Symbol, expand_log, log, simplify, sqrt, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import Exp, Ratio, Root, Times, ln
from derivations.checking.arithmetic import Extended
from derivations.checking.scalars import Suite, agreement, mutants, numbers
from derivations.checking.verdict import FAIL, PASS, Judgement
from derivations.entry import Declared, Entry, Statement, Step
from derivations.text import Text

z = Symbol("z", real=True)
K, n, N = symbols("K n N", integer=True, positive=True)
alpha = Symbol("alpha", positive=True)


def entries():
    return first_loss(), adam_ratio()


def _reduced(statement):
    """SymPy reduces the difference of the two sides to zero."""
    left, right = (side.doit() for side in (statement.left, statement.right))
    residue = simplify(expand_log(left - right, force=True))
    if residue != 0:
        return Judgement(FAIL, f"The two sides differ by {residue}.")
    return Judgement(PASS, "The two sides are identical.", "0", samples=({"point": "symbolic"},))


def _suite(points, statement, claims, **wrong):
    checks = (agreement("values with 60 digits", Extended, points, 1e-50), ("algebra (SymPy)", _reduced))
    return Suite(checks, mutants(statement, **wrong), claims)


def first_loss():
    guess = Ratio(Exp(z), Times(K, Exp(z)))
    statement = Statement(Times(-1, ln(guess)), "=", ln(K))
    claims = {f"classes_{k}": Statement(ln(Integer(k)), "=", log(k)) for k in (2, 10, 1000)}
    points = tuple({K: Integer(k), z: Rational(top, 8)} for k, top in ((2, -11), (3, 5), (10, 0), (1000, 37)))
    steps = (Step(Statement(guess, "=", Ratio(Integer(1), K)), Text("Equal logits give equal probabilities.", "logit 相等，概率也相等。")),
             Step(statement, Text("Take the logarithm.", "取对数。")))
    return Entry("V331", "monitor.first_loss", "identity", Text("The loss before any learning: the logarithm of the number of classes", "学习之前的损失：类别数的对数"), statement,
                 _suite(points, statement, claims, not_the_logarithm=K, upside_down=Times(-1, ln(K)), base_ten=Ratio(ln(K), ln(Integer(10))), half=Times(Rational(1, 2), ln(K))),
                 declared=(Declared(K, Text("number of classes", "类别数"), domain="K \\ge 1"), Declared(z, Text("the common value of all logits", "所有 logit 的共同值"), domain="z \\in \\mathbb{R}")), steps=steps, values=numbers(claims))


def adam_ratio():
    length, size = Root(Times(N, alpha**2)), Root(Times(N, Ratio(2, n)))
    right = Times(alpha, Root(Ratio(n, 2)))
    statement = Statement(Ratio(length, size), "=", right)
    claims = {f"width_{k}": Statement(Times(Rational(1, 1000), Root(Ratio(k, 2))), "=", Rational(1, 1000) * sqrt(Rational(k, 2))) for k in (64, 256, 1024, 4096)}
    points = tuple({alpha: Rational(1, a), n: Integer(k), N: Integer(k * m)} for a, k, m in ((1000, 64, 10), (300, 7, 3), (20, 256, 256), (3, 1000, 5)))
    steps = (Step(Statement(length, "=", Times(alpha, Root(N))), Text("Every weight moves by the learning rate.", "每个权重都移动一个学习率。"), ("adam.constant",)),
             Step(statement, Text("Divide; the number of weights cancels.", "相除，权重的个数约去。")))
    return Entry("V332", "monitor.adam_ratio", "identity", Text("Adam's first step, relative to weights of He initialization", "Adam 的第一步与 He 初始化的权重之比"), statement,
                 _suite(points, statement, claims, root_forgotten=Times(alpha, Ratio(n, 2)), upside_down=Times(alpha, Root(Ratio(2, n))), learning_rate=alpha, half_forgotten=Times(alpha, Root(n))),
                 declared=(Declared(alpha, Text("learning rate", "学习率"), domain="\\alpha > 0"), Declared(n, Text("number of inputs of a unit", "单元的输入数")), Declared(N, Text("number of weights", "权重个数"))), steps=steps, values=numbers(claims),
                 assumptions=(Text("The weights have the mean square 2/n, and each moves by α: Adam at its first update, with gradients far above ε.", "权重的均方为 2/n，每个都移动 α：即 Adam 的第一次更新，梯度远大于 ε。"),), uses=("adam.constant",))
