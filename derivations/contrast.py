"""Depth against time: the logarithm of a product of independent matrices, and of a power of one."""

from sympy import Integer, Rational, Symbol, log, polygamma, sqrt, symbols

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.expectations import ChiSquared, Expect, Normal
from derivations.algebra.scalars import Plus, Ratio, Times, ln
from derivations.checking.expectations import quadratures, sampling
from derivations.checking.scalars import Suite, mutants, numbers
from derivations.entry import Declared, Entry, Number, Statement, Step
from derivations.initialization import suite
from derivations.text import Text

n, k = (Symbol(name, integer=True, positive=True) for name in "nk")
z = Symbol("z")
v, q = symbols("v q", positive=True)
LENGTH = Declared(z, Text("n times the squared length of Wv, for a unit vector v and entries of variance 1/n", "Wv 的长度平方乘以 n；v 是单位向量，W 的元素方差为 1/n"))
WIDTH = Declared(n, Text("number of units in a layer", "每层的单元数"))
HALF = Rational(1, 2)
SIZES = tuple({n: Integer(size)} for size in (2, 5, 24))


def entries():
    """The published results of this topic, in the order of the page."""
    return (exponent(), log_spread(), power_spread())


def _mean_log(size):
    return Plus(polygamma(0, size / 2), ln(Ratio(2, size)))


def exponent():
    """The top Lyapunov exponent: the mean logarithm by which one random matrix changes a length."""
    def stretched(size, variance):
        return Times(HALF, Expect(ln(Times(variance, z)), z, ChiSquared(size)))

    right = Times(HALF, Plus(polygamma(0, n / 2), ln(Times(2, v))))
    statement = Statement(stretched(n, v), "=", right)
    points = tuple({n: Integer(size), v: variance} for size, variance in ((2, Rational(1, 2)), (4, Integer(1)), (9, Rational(3, 4))))
    claims = {"at_4": Statement(stretched(Integer(4), Integer(1)), "=", (polygamma(0, 2) + log(2)) / 2)}
    wrong = mutants(statement, half_forgotten=Plus(polygamma(0, n / 2), ln(Times(2, v))), as_if_log_and_mean_commuted=Times(HALF, ln(Times(n, v))), digamma_of_n=Times(HALF, Plus(polygamma(0, n), ln(Times(2, v)))), two_forgotten=Times(HALF, Plus(polygamma(0, n / 2), ln(v))))
    drawn = Declared(z, Text("squared length of Wv over the variance, for a unit vector v", "Wv 的长度平方除以方差；v 是单位向量"))
    one = Statement(Expect(ln(Ratio(z, n)), z, ChiSquared(n)), "=", _mean_log(n))
    steps = (Step(one, Text("The mean logarithm of the squared length, for the variance 1/n.", "方差为 1/n 时，长度平方的对数的均值。"), ("init.linear_log_norm",)),
             Step(statement, Text("Half of it belongs to the length; another variance adds its logarithm. The entries of Wv are independent normal numbers whatever unit vector v is, so every factor changes the logarithm of the length by an independent number with this law. The mean over many factors is its expectation.",
                                  "长度的对数是它的一半；方差不同，就加上方差的对数。不论 v 是哪个单位向量，Wv 的各元素都是独立的正态数，所以每个因子给长度的对数加上一个服从同一分布的独立随机数。因子很多时，平均值就是它的期望。")))
    return Entry("V510", "contrast.exponent", "expectation", Text("The Lyapunov exponent of a product of independent Gaussian matrices", "独立高斯矩阵乘积的李雅普诺夫指数"), statement, suite(510, wrong, claims, points), declared=(drawn, WIDTH, Declared(v, Text("variance of an entry of W", "W 的元素的方差"), domain="v > 0")), steps=steps,
                 values=numbers(claims) | {"at_24": Number((polygamma(0, 12) + log(Rational(1, 12))) / 2)}, assumptions=(Text("Square matrices with independent entries from N(0, v), a new one for each factor.", "方阵，各元素独立服从 N(0, v)，每个因子重新抽取。"),), sources=("newman1986",))


def log_spread():
    def spread(size):
        return Expect(Plus(ln(Ratio(z, size)), Times(-1, _mean_log(size))) ** 2, z, ChiSquared(size))

    statement = Statement(spread(n), "=", polygamma(1, n / 2))
    claims = {"at_24": Statement(spread(Integer(24)), "=", polygamma(1, Integer(12))), "at_256": Statement(spread(Integer(256)), "=", polygamma(1, Integer(128)))}
    wrong = mutants(statement, digamma=polygamma(0, n / 2), trigamma_of_n=polygamma(1, n), first_order_only=Ratio(2, n), halved=Times(HALF, polygamma(1, n / 2)), doubled=Times(2, polygamma(1, n / 2)))
    steps = (Step(statement, Text("The moments of a χ² law are Gamma functions, so the cumulants of its logarithm are derivatives of the logarithm of Γ: the first is the mean, the second the variance.", "χ² 分布的矩是 Γ 函数，所以其对数的累积量是 ln Γ 的各阶导数：一阶是均值，二阶是方差。"), ("init.linear_log_norm",)),)
    deviation = sqrt(120 * polygamma(1, 12)) / 2
    values = {"deviation_120": Number(deviation), "decades_120": Number(deviation / log(10)), "drift_120": Number(-60 * (polygamma(0, 12) - log(12))), "drift_decades_120": Number(-60 * (polygamma(0, 12) - log(12)) / log(10))}
    return Entry("V511", "contrast.log_spread", "expectation", Text("How far one random matrix scatters the logarithm of a squared length", "一个随机矩阵使长度平方的对数散开多少"), statement, Suite((*quadratures(SIZES), sampling(511, SIZES)), wrong, claims), declared=(LENGTH, WIDTH), steps=steps, values=numbers(claims) | values)


def power_spread():
    """A number of mean zero, k times, against the sum of k independent ones."""
    statement = Statement(Expect(Times(k, z) ** 2, z, Normal(q)), "=", Times(k, Expect(z**2, z, Normal(Times(k, q)))))
    points = tuple({k: Integer(count), q: variance} for count, variance in ((1, Rational(1, 2)), (7, Rational(3, 2)), (120, Rational(1, 40))))
    wrong = mutants(statement, as_if_both_grew_alike=Expect(z**2, z, Normal(Times(k, q))), factor_k_squared=Times(k**2, Expect(z**2, z, Normal(Times(k, q)))), one_factor=Times(k, Expect(z**2, z, Normal(q))))
    drawn = Declared(z, Text("deviation of the logarithm of a factor from its mean (left), of the sum of k independent ones (right)", "左边：一个因子的对数与均值之差；右边：k 个独立的这种差之和"))
    steps = (Step(statement, Text("In a power the same number is added k times, and its square grows by k². Independent numbers add their variances, which makes k.", "在幂中，同一个数加了 k 次，平方变为 k² 倍；独立的数相加，方差相加，只有 k 倍。")),)
    values = {"ratio_100": Number(Integer(10))}
    return Entry("V512", "contrast.power_spread", "expectation", Text("The logarithm of a power scatters with k, that of a product with the root of k", "幂的对数按 k 散开，乘积的对数按 k 的平方根散开"), statement, suite(512, wrong, {}, points),
                 declared=(drawn, Declared(k, Text("number of factors", "因子的个数")), Declared(q, Text("variance of the logarithm of one factor", "一个因子的对数的方差"), domain="q > 0")), steps=steps, values=values)
