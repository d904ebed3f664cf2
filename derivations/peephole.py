"""The LSTM with peepholes: gates that see the cell state open three more ways for the gradient between cell states."""

from sympy import Integer

from derivations.algebra.terms import Diag, Hadamard, Jac, Map, T, t, product, total
from derivations.entry import Entry, Range, Statement, Step
from derivations.lstm import through_gates
from derivations.models.gated import CANDIDATE, FORGET, INPUT_GATE, LSTM_PEEPHOLE, OUTPUT, PEEPHOLES, c, h
from derivations.publish import MODEL_LIMITS, SUITE, definition, derived
from derivations.text import Text

P_F, P_I, P_O = PEEPHOLES
NAMES = ("forget", "input", "output")


def entries():
    """The published results of this topic, in the order of the page."""
    M = LSTM_PEEPHOLE
    gates = tuple(zip(NAMES, (FORGET, INPUT_GATE, OUTPUT), PEEPHOLES, strict=True))
    places = {name: next(place for place, e in enumerate(M.equations) if e.target == gate.pre[t]) for name, gate, _ in gates}
    return (
        *(definition(M, f"V{450 + k}", f"lstm.peephole.preactivation_{name}", places[name], Text(f"The {gate.meaning.en} sees the cell state", f"{gate.meaning.zh}能看到细胞状态")) for k, (name, gate, _) in enumerate(gates)),
        derived(M, "V453", "lstm.peephole.grad_c", c[t], Text("Adjoint of the cell state with peepholes: three more contributions", "带窥孔连接时细胞状态的伴随变量：多出三份"), (Range(t, Integer(1), T - 1),)),
        *(derived(M, f"V{454 + k}", f"lstm.peephole.grad_p_{gate.letter}", p, Text(f"Gradient in the peephole weights of the {gate.meaning.en}", f"对{gate.meaning.zh}的窥孔权重的梯度")) for k, (name, gate, p) in enumerate(gates)),
        _jacobian(),
    )


def _jacobian():
    """d c_t / d c_{t-1}: forget gate, two peepholes, and the way through the hidden state, which a third peephole widens."""
    def sloped(gate, index):
        return Map(gate.function, gate.pre[index], 1)
    seen = total(Diag(Hadamard(Hadamard(c[t - 1], sloped(FORGET, t)), P_F)), Diag(Hadamard(Hadamard(CANDIDATE.value[t], sloped(INPUT_GATE, t)), P_I)))
    shown = total(Diag(Hadamard(OUTPUT.value[t - 1], Map("tanh", c[t - 1], 1))), Diag(Hadamard(Hadamard(Map("tanh", c[t - 1]), sloped(OUTPUT, t - 1)), P_O)))
    statement = Statement(Jac(c[t], c[t - 1]), "=", total(Diag(FORGET.value[t]), *seen.args, product(Jac(c[t], h[t - 1]), shown)))
    through = Statement(Jac(c[t], h[t - 1]), "=", total(*through_gates(t)))
    steps = (Step(through, Text("Through the hidden state nothing has changed.", "经过隐状态的路径没有变化。"), ("lstm.jacobian_c_h",)),
             Step(statement, Text("The forget gate passes the cell state on; two gates see it directly; and what the cell state shows now depends on it in two ways.", "遗忘门传递细胞状态；另有两个门直接看到它；而隐状态现在以两种方式依赖于它。"), ("lstm.peephole.preactivation_forget", "lstm.peephole.preactivation_input", "lstm.peephole.preactivation_output")))
    return Entry("V457", "lstm.peephole.jacobian_c", "identity", Text("The complete Jacobian of the cell state with peepholes", "带窥孔连接时细胞状态的完整雅可比矩阵"), statement, SUITE, model=LSTM_PEEPHOLE, domain=(Range(t, Integer(2), T),), steps=steps,
                 uses=("lstm.jacobian_c_h", "lstm.peephole.preactivation_forget"), limits=MODEL_LIMITS)
