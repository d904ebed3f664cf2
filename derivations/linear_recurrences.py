"""Recurrences without a recurrent matrix: the diagonal one, its stable parametrization, and the selective one, derived from their forward passes."""

from sympy import Identity, OneMatrix

from derivations.algebra.adjoint import gradient
from derivations.algebra.equality import Families
from derivations.algebra.induction import downward, upward
from derivations.algebra.terms import Diag, Grad, Hadamard, Jac, Loss, Map, OrderedProduct, Power, T, TimeSum, j, k, product, t, total
from derivations.checking.gradients import ModelSuite
from derivations.entry import Entry, Range, Statement, Step
from derivations.models.gated import h, y
from derivations.models.linear_recurrence import DIAGONAL, DIAGONAL_EXP, SELECTIVE, W, g, lam, n, nu, x
from derivations.publish import MODEL_LIMITS, ONE_TO_T, PAST_END, SUITE, definition, derived
from derivations.text import Text

BELOW_T = (Range(t, 1, T - 1),)
ACROSS = (Range(k, 1, T), Range(t, 0, k))


class DiagonalSuite(ModelSuite):
    """For a diagonal Jacobian: in doubles the rounding error hides whether an entry off the diagonal is zero, so they would abstain everywhere."""

    def checks(self, entry):
        return tuple(check for check in super().checks(entry) if check.name != "central differences, doubles")


def entries():
    """The published results of this topic, in the order of the page."""
    D, S = DIAGONAL, SELECTIVE
    return (
        definition(D, "V242", "diagonal.state", 0, Text("A diagonal linear recurrence", "对角线性循环")),
        derived(D, "V243", "diagonal.grad_h", h[t], Text("Adjoint of the state: each unit for itself", "隐状态的伴随变量：各单元互不相干"), ONE_TO_T, (PAST_END,)),
        derived(D, "V244", "diagonal.grad_lambda", lam, Text("Gradient in the factors", "对循环因子的梯度")),
        derived(D, "V245", "diagonal.grad_x", x[t], Text("Gradient in an input", "对输入的梯度"), ONE_TO_T),
        _power(), _closed(),
        _logarithmic(),
        definition(S, "V249", "selective.gate", 1, Text("A gate that sees the input alone", "只看输入的门")),
        definition(S, "V250", "selective.state", 2, Text("The selective recurrence: a leak set by the input", "选择性循环：由输入设定的泄漏")),
        derived(S, "V251", "selective.grad_h", h[t], Text("Adjoint of the state: the leak and nothing else", "隐状态的伴随变量：只有泄漏一项"), BELOW_T),
        derived(S, "V252", "selective.grad_g", g[t], Text("Adjoint of the gate: what enters minus what stays", "门的伴随变量：进入的减去留下的"), ONE_TO_T),
        derived(S, "V253", "selective.grad_W", W, Text("Gradient in the weights of the gate", "对门的权重的梯度")),
        derived(S, "V254", "selective.grad_x", x[t], Text("Gradient in an input: as a value and through the gate", "对输入的梯度：作为数值，并经过门"), ONE_TO_T),
        _selective_product(),
    )


def _power():
    """The Jacobian across a lag is a power of a diagonal matrix."""
    power = Power(Diag(lam), k - t)

    def proof(statement):
        return upward(Jac(h[k], h[t]), statement.right, product(Diag(lam), Jac(h[k - 1], h[t])), Identity(n), Families(DIAGONAL), variable=k, first=t).reason

    recursion = Statement(Jac(h[k], h[t]), "=", product(Diag(lam), Jac(h[k - 1], h[t])))
    steps = (Step(recursion, Text("Chain rule: one step multiplies unit i by its factor λᵢ, and no unit sees another.", "链式法则：一步把第 i 个单元乘以它的因子 λᵢ，单元之间互不相见。"), ("diagonal.state",)),
             Step(Statement(Jac(h[k], h[t]), "=", power), Text("Induction on k, from the identity at k = t.", "对 k 归纳，从 k = t 时的单位矩阵开始。")))
    return Entry("V246", "diagonal.jacobian_power", "identity", Text("Jacobian across several steps: each unit to its own power", "跨多步的雅可比矩阵：每个单元各自取幂"), Statement(Jac(h[k], h[t]), "=", power), DiagonalSuite(), model=DIAGONAL, domain=ACROSS,
                 proof=proof, steps=steps, limits=MODEL_LIMITS, uses=("diagonal.state",))


def _closed():
    """The adjoint as a sum over the later losses: the impulse response, read backwards."""
    closed = TimeSum(product(Power(Diag(lam), k - t), Loss(h[k], y[k], 1)), k, t, T)
    recursion = total(product(Diag(lam), Grad(h[t + 1])), Loss(h[t], y[t], 1))

    def proof(statement):
        return downward(Grad(h[t]), statement.right, recursion, Families(DIAGONAL)).reason

    statement = Statement(Grad(h[t]), "=", closed)
    steps = (Step(Statement(Grad(h[T]), "=", Loss(h[T], y[T], 1)), Text("Base: nothing follows the last step.", "奠基：最后一步之后没有别的步。"), ("diagonal.grad_h",)),
             Step(Statement(Grad(h[t]), "=", recursion), Text("The recursion; multiplying entry by entry is multiplying with a diagonal matrix.", "递推式；逐元素相乘就是乘以对角矩阵。"), ("diagonal.grad_h",)),
             Step(statement, Text("Step: put the claim for t + 1 into the recursion; every power rises by one.", "归纳步骤：把 t + 1 的结论代入递推式，每个幂的指数加一。")))
    return Entry("V247", "diagonal.grad_h_closed", "identity", Text("Closed form of the adjoint: one power for each later loss", "伴随变量的闭式：以后的每个损失对应一个幂"), statement, SUITE, model=DIAGONAL, domain=ONE_TO_T,
                 proof=proof, steps=steps, limits=MODEL_LIMITS, uses=("diagonal.grad_h",))


def _logarithmic():
    """The gradient that the engine derives, with exp written for its derivative."""
    rate = Map("exp", nu)
    factor, inner = Map("exp", product(-1, rate)), TimeSum(Hadamard(h[t - 1], Grad(h[t])), t, 1, T)
    found = gradient(DIAGONAL_EXP, nu)
    statement = Statement(Grad(nu), "=", product(-1, Diag(Hadamard(rate, factor)), inner))
    steps = (*(Step(Statement(line.left, "=", line.right), line.reason) for line in found.lines), Step(statement, Text("The exponential is its own derivative, and what does not depend on t comes out of the sum.", "指数函数的导数是它自己，与 t 无关的因子提到和式外面。")))
    return Entry("V248", "diagonal.exp.grad_nu", "identity", Text("Gradient in the logarithm of the rate of forgetting", "对遗忘速率的对数的梯度"), statement, SUITE, model=DIAGONAL_EXP, steps=steps, limits=MODEL_LIMITS)


def _selective_product():
    """The Jacobian across a lag is a product of what the gates keep, and the gates do not depend on the state."""
    def kept(at):
        return Diag(total(OneMatrix(n, 1), product(-1, g[at])))

    chain = OrderedProduct(kept(j), j, k, t + 1)

    def proof(statement):
        return upward(Jac(h[k], h[t]), statement.right, product(kept(k), Jac(h[k - 1], h[t])), Identity(n), Families(SELECTIVE), variable=k, first=t).reason

    recursion = Statement(Jac(h[k], h[t]), "=", product(kept(k), Jac(h[k - 1], h[t])))
    statement = Statement(Jac(h[k], h[t]), "=", chain)
    steps = (Step(recursion, Text("The gate sees the input and not the state, so the product rule has one term.", "门只看输入，不看状态，所以乘积法则只有一项。"), ("selective.state", "selective.gate")),
             Step(statement, Text("Induction on k, from the empty product at k = t.", "对 k 归纳，从 k = t 时的空乘积开始。")))
    return Entry("V255", "selective.jacobian_product", "identity", Text("Complete Jacobian across several steps of the selective recurrence: leaks alone", "选择性循环跨多步的完整雅可比矩阵：只有泄漏"), statement, DiagonalSuite(), model=SELECTIVE, domain=ACROSS,
                 proof=proof, steps=steps, limits=MODEL_LIMITS, uses=("selective.state", "selective.gate"))
