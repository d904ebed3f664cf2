"""A whole model as a NumPy program: its forward pass, and the backward pass that the adjoint engine derives from it.

A batch of B sequences is a matrix with B columns, so h[t] is n x B and the products dL/da x^T add up over the batch; axes in
front (several seeds at once) are carried along. The
program is text, so that a reader can take it away; ``derivations.algebra.pycode`` writes single formulas instead.
"""

from sympy import MatAdd, MatrixSymbol

from derivations.algebra import terms as a
from derivations.algebra.adjoint import gradient
from derivations.algebra.numpy_terms import Writer

HEAD = """import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))  # no overflow, whatever z is
"""


def program(model, phi="tanh"):
    """Python source of ``forward(p, given, T)`` and ``backward(p, v, dl, T)``.

    ``p`` maps each parameter to its array (a family of them to a dict by index), ``given`` each given family to a dict by
    index; ``forward`` returns all values by name and index, ``backward`` the gradients by parameter. ``dl[t]`` is the slope
    of the loss in the model's output at t (n x B): the abstract loss of the model stays outside. ``T`` is the length (the
    depth D of a deep network) and ``phi`` the activation of a model that leaves it open. Raises NoProgram.
    """
    return "\n".join([HEAD, "", *_forward(model, phi), "", "", *_backward(model, phi)]) + "\n"


def _named(model):
    """Names of what the equations read or set: the given families, then the hidden ones."""
    read = {node.name for e in model.equations for node in a.walk(e.value) if isinstance(node, (a.Slot, MatrixSymbol))}
    given = [v.name for v in model.given if v.name in read]
    return given, [v.name for v in model.hidden if v.name not in given]


def _unpacked(names, source):
    return f"    {', '.join(names)} = {', '.join(f'{source}[{name!r}]' for name in names)}"


def _forward(model, phi):
    write, (clock, last), (given, hidden) = Writer(phi), model.clock, _named(model)
    lines = [f"def forward(p, given, {last}):", _unpacked([v.name for v in model.parameters], "p")]
    lines += [f"    {name} = dict(given[{name!r}])" for name in given] + [f"    {name} = {{}}" for name in hidden]
    lines.append(f"    for {clock} in range(1, {last} + 1):")
    lines += [f"        {write(e.target)} = {write.summed(_summands(e.value))}" for e in model.equations]
    return [*lines, f"    return {{{', '.join(f'{name!r}: {name}' for name in given + hidden)}}}"]


def adjoint_program(model, phi="tanh"):
    """Python source of ``adjoints(p, v, dl, T)``: the adjoints of all hidden quantities by name and index; arguments as in ``program``."""
    lines, _ = _sweep("adjoints", model, phi)
    return "\n".join([HEAD, "", *lines, f"    return {{{', '.join(f'{e.target.name!r}: d{e.target.name}' for e in model.equations)}}}"]) + "\n"


def _backward(model, phi):
    lines, write = _sweep("backward", model, phi)
    return [*lines, "    return {", *(f"        {v.name!r}: {_gradient(model, v, write)}," for v in model.parameters), "    }"]


def _sweep(name, model, phi):
    """The lines of a function that sets all adjoints from the last index to the first, and the writer of its terms."""
    clock, last = model.clock
    write = Writer(phi, {(e.value.function, e.value.argument): f"{e.target.name}[{e.target.index}]" for e in model.equations if isinstance(e.value, a.Map)})
    given, hidden = _named(model)
    lines = [f"def {name}(p, v, dl, {last}):", _unpacked([v.name for v in model.parameters], "p"), _unpacked(given + hidden, "v")]
    lines += [f"    d{e.target.name} = {{}}" for e in model.equations] + [f"    for {clock} in range({last}, 0, -1):"]
    return lines + [line for equation in reversed(model.equations) for line in _adjoint(model, equation.target, write)], write


def _gradient(model, variable, write):
    """The gradient in a parameter; a bias receives the sum over the columns of the batch."""
    clock, last = model.clock
    text = write(gradient(model, variable.term, *((1, last) if variable.is_family else ())).value)
    if variable.term.shape[1] == 1:
        text += ".sum(axis=-1, keepdims=True)"
    return f"{{{clock}: {text} for {clock} in range(1, {last} + 1)}}" if variable.is_family else text


def _adjoint(model, target, write):
    """Statements that set the adjoint of one member; what comes from the next index is added only where there is one."""
    clock, last = model.clock
    own = "d" + write(target)
    try:
        parts = _summands(gradient(model, target, 1, last).value)
    except ValueError:  # the loss meets the last index only
        top = _summands(gradient(model, target.at(last), last, last).value)
        below = _summands(gradient(model, target, 1, last - 1).value)
        return [f"        {own} = {write.summed(top)} if {clock} == {last} else {write.summed(below)}"]
    later = [part for part in parts if _reaches_next(part, clock)]
    here = [part for part in parts if part not in later]
    lines = [f"        {own} = {write.summed(here)}"]
    return lines + [f"        if {clock} < {last}:", f"            {own} = {own} + {write.summed(later)}"] if later else lines


def _summands(term):
    return term.args if isinstance(term, MatAdd) else (term,)


def _reaches_next(term, clock):
    return any(isinstance(node, a.Grad) and isinstance(node.of, a.Slot) and node.of.index - clock == 1 for node in a.walk(term))
