"""Mean-field theory of deep random networks: how the second moment travels forward and the adjoint backward."""


from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.expectations import Moment, SlopeFactor
from derivations.algebra.scalars import Applied, Plus, Ratio, Root, Squared, Times
from derivations.algebra.terms import D, l
from derivations.checking.meanfield import BIAS, WEIGHT, enumeration, layers
from derivations.checking.scalars import Suite, mutants
from derivations.entry import Declared, Entry, Range, Statement, Step
from derivations.initialization import DRAW, gaussian, z
from derivations.text import Text

DEVIATIONS = (
    Declared(WEIGHT, Text("√n times the standard deviation of a weight", "权重标准差的 √n 倍")),
    Declared(BIAS, Text("standard deviation of a bias", "偏置的标准差")),
)
FORWARD = Declared(Moment("forward", l), Text("mean square of a pre-activation in layer l", "第 l 层预激活值的均方"))
BACKWARD = Declared(Moment("backward", l), Text("mean square of an adjoint ∂L/∂a in layer l", "第 l 层伴随变量 ∂L/∂a 的均方"))
WIDE = Text("The pre-activations of the layer below are independent and normal with mean zero, as in the limit of infinitely wide layers.", "下面一层的预激活值相互独立，服从均值为零的正态分布；层宽趋于无穷时即如此。")
INDEPENDENT = Text("Weights and biases are independent with mean zero; a weight has variance σ_w²/n.", "权重与偏置相互独立，均值为零；权重的方差为 σ_w²/n。")
GRADIENTS = Text("The adjoints above are independent of the weights that they pass through on the way back: an approximation at finite width.", "上一层的伴随变量与反传时经过的权重相互独立；有限宽度下这只是近似。")


def phi(order=0, at=l):
    return Squared(Applied("phi", Times(Root(Moment("forward", at)), z), order))


def entries():
    """The published results of this topic, in the order of the page."""
    return forward(), backward(), weight_gradient()


def forward():
    mean, below = gaussian(phi(0, l - 1)), Moment("forward", l - 1)
    statement = Statement(Moment("forward", l), "=", Plus(Times(WEIGHT**2, mean), BIAS**2))
    wrong = mutants(
        statement, bias_dropped=Times(WEIGHT**2, mean), deviation_for_variance=Plus(Times(WEIGHT, mean), BIAS**2), bias_not_squared=Plus(Times(WEIGHT**2, mean), BIAS),
        slope_for_value=Plus(Times(WEIGHT**2, gaussian(phi(1, l - 1))), BIAS**2), activation_dropped=Plus(Times(WEIGHT**2, below), BIAS**2), root_forgotten=Plus(Times(WEIGHT**2, gaussian(Squared(Applied("phi", Times(below, z))))), BIAS**2),
    )  # fmt: skip
    steps = (Step(statement, Text("The square of a sum of independent terms with mean zero has as its mean the sum of the mean squares: n terms with σ_w²/n each, and the bias.", "相互独立、均值为零的各项之和，其平方的均值等于各项均方之和：n 个带 σ_w²/n 的项，再加上偏置。"), ("feedforward.preactivation",)),)
    return Entry("V640", "meanfield.forward", "expectation", Text("Forward: how the variance passes from layer to layer", "前向：方差怎样逐层传递"), statement, Suite((enumeration(), layers(640)), wrong),
                 domain=(Range(l, 2, D),), declared=(FORWARD, *DEVIATIONS, DRAW), assumptions=(WIDE, INDEPENDENT), steps=steps, sources=("poole2016", "schoenholz2017"))  # fmt: skip


def backward():
    mean, factor = gaussian(phi(1)), Times(WEIGHT**2, gaussian(phi(1)))
    ratio = Ratio(Moment("backward", l), Moment("backward", l + 1))
    statement = Statement(SlopeFactor(l), "=", factor)
    wrong = mutants(statement, weight_not_squared=Times(WEIGHT, mean), value_for_slope=Times(WEIGHT**2, gaussian(phi())), slope_not_squared=Times(WEIGHT**2, gaussian(phi(1).args[0])), bias_added=Plus(factor, BIAS**2), slope_dropped=WEIGHT**2, mean_then_squared=Times(WEIGHT**2, gaussian(phi(1).args[0]) ** 2))
    steps = (
        Step(Statement(SlopeFactor(l), ":=", ratio), Text("What χ means: the factor by which the mean square of the adjoint changes on its way from layer l + 1 to layer l.", "χ 的含义：伴随变量从第 l + 1 层传到第 l 层时，均方所乘的因子。")),
        Step(statement, Text("The δ recursion is a sum of n independent terms, each with variance σ_w²/n, times the slope.", "δ 的递推是 n 个独立项之和，每项方差为 σ_w²/n，再乘以导数。"), ("feedforward.delta",)),
    )
    return Entry("V641", "meanfield.chi", "expectation", Text("Backward: the factor χ that one layer puts on the mean square of the adjoint", "反向：每层使伴随变量的均方乘上因子 χ"), statement, Suite((enumeration(), layers(641)), wrong),
                 domain=(Range(l, 1, D - 1),), declared=(Declared(SlopeFactor(l), Text("factor of layer l on the mean square of the adjoint", "第 l 层使伴随变量的均方所乘的因子")), BACKWARD, FORWARD, *DEVIATIONS, DRAW), assumptions=(WIDE, INDEPENDENT, GRADIENTS), steps=steps, sources=("schoenholz2017",))  # fmt: skip


def weight_gradient():
    below = gaussian(phi(0, l - 1))
    statement = Statement(Moment("weight", l), "=", Times(Moment("backward", l), below))
    wrong = mutants(statement, activation_dropped=Moment("backward", l), variance_below_for_activation=Times(Moment("backward", l), Moment("forward", l - 1)), slope_for_value=Times(Moment("backward", l), gaussian(phi(1, l - 1))), adjoint_dropped=below, root=Root(Times(Moment("backward", l), below)), weight_added=Times(WEIGHT**2, Moment("backward", l), below))
    steps = (Step(statement, Text("The gradient in one weight is the adjoint of the unit above times the output of the unit below; the mean square of a product of independent numbers is the product of their mean squares.", "对一个权重的梯度，等于上面单元的伴随变量乘以下面单元的输出；相互独立的两个数，其乘积的均方等于各自均方之积。"), ("feedforward.grad_W",)),)
    apart = Text("The adjoint of a layer is independent of the outputs of the layer below: an approximation at finite width.", "一层的伴随变量与下面一层的输出相互独立；有限宽度下这只是近似。")
    declared = (Declared(Moment("weight", l), Text("mean square of an entry of ∂L/∂W in layer l", "第 l 层 ∂L/∂W 各元素的均方")), BACKWARD, FORWARD, DRAW)
    return Entry("V659", "meanfield.weight_gradient", "expectation", Text("Gradient in a weight: the adjoint above times the activation below", "对权重的梯度：上方的伴随变量乘以下方的激活值"), statement, Suite((enumeration(), layers(659)), wrong),
                 domain=(Range(l, 2, D),), declared=declared, assumptions=(WIDE, apart), steps=steps)  # fmt: skip
