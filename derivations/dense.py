"""Dense connections: what a layer receives when every later layer reads it."""

from derivations.algebra.equality import Families
from derivations.algebra.induction import downward
from derivations.algebra.terms import D, Grad, Loss, TimeSum, l, m, product, total, transpose
from derivations.entry import Entry, Statement, Step
from derivations.models.highway import DENSE, K, h, o, y
from derivations.publish import MODEL_LIMITS, SUITE, definition
from derivations.residual import BLOCKS
from derivations.text import Text

FAMILIES = Families(DENSE)


def entries():
    """The published results of this topic, in the order of the page."""
    return (definition(DENSE, "V914", "dense.output", 2, Text("A dense layer writes beside what is there already", "稠密层写在已有内容的旁边"), BLOCKS), _sum())


def _sum():
    top = Loss(h[D], y[D], 1)
    recursion = total(Grad(h[l + 1]), product(transpose(K[l + 1]), Grad(o[l + 1])))
    statement = Statement(Grad(h[l]), "=", total(top, TimeSum(product(transpose(K[m]), Grad(o[m])), m, l + 1, D)))

    def proof(claim):
        return downward(Grad(h[l]), claim.right, recursion, FAMILIES, variable=l, last=D, start=top).reason

    steps = (Step(Statement(Grad(h[D]), "=", top), Text("Base: after the last layer there is only the loss.", "奠基：最后一层之后只有损失。")), Step(statement, Text("Step: each further layer reads what is there and adds one term to the sum.", "归纳步骤：每多一层，就多读一次已有的内容，和式多一项。"), ("residual.grad_h",)))
    return Entry("V915", "dense.grad_h", "identity", Text("Dense connections: one term from the loss, and one from every later layer", "稠密连接：损失给出一项，后面每一层各给出一项"), statement, SUITE, model=DENSE, domain=BLOCKS, proof=proof, limits=MODEL_LIMITS, steps=steps, uses=("dense.output",), sources=("huang2017",))
