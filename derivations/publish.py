"""What most entries about a model have in common: how a definition and a derived gradient become an entry."""

from sympy import MatrixSymbol

from derivations.algebra.adjoint import gradient
from derivations.algebra.terms import Grad, T, t
from derivations.checking.gradients import ModelSuite
from derivations.entry import Entry, Range, Statement, Step
from derivations.text import Text

SUITE = ModelSuite()
ONE_TO_T = (Range(t, 1, T),)
PAST_END = Text("Adjoints past the last time step are zero.", "最后一个时间步之后的伴随变量为零。")
MODEL_LIMITS = (Text("Numeric checks stop at T = 40, or at T = 11 where no step feeds the next; the proof rests on this site's own rules and prover, and smooth functions are assumed.",
                     "数值检验到 T = 40 为止，各步互不相连时到 T = 11 为止；证明依赖本站自己的求导规则与证明器，并假定所涉函数光滑。"),)


def definition(model, id_, slug, place, title, domain=ONE_TO_T):
    """The entry that shows one equation of the model."""
    equation = model.equations[place]
    return Entry(id_, slug, "definition", title, Statement(equation.target, "=", equation.value), SUITE, model=model, domain=domain)


def loss_term(model, id_, slug, title):
    """The entry that shows the loss of the model."""
    return Entry(id_, slug, "definition", title, Statement(MatrixSymbol("L", 1, 1), "=", model.loss), SUITE, model=model, assumptions=model.notes)


def derived(model, id_, slug, of, title, domain=(), assumptions=(), uses=()):
    """The entry for dL/d(of), derived from the model alone; ``domain`` is the range of t where ``of`` mentions t."""
    bounds = (domain[0].first, domain[0].last) if domain else ()
    found = gradient(model, of, *bounds)
    steps = tuple(Step(Statement(line.left, "=", line.right), line.reason) for line in found.lines)
    return Entry(id_, slug, "identity", title, Statement(Grad(of), "=", found.value), SUITE, model=model, domain=domain, assumptions=tuple(assumptions), steps=steps, uses=tuple(uses), limits=MODEL_LIMITS)
