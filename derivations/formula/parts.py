"""Parts of the truth that are often taken for the whole: the immediate effect, one path, one step."""


def part_formulas(words, target):
    """(key of the finding, formula in the language itself) for every part of a target; known for the recurrent networks with an output o."""
    if "o" not in words.names or words.names["o"].shape == words.names[words.state].shape:
        return
    linear = words.slope_of is None
    local, direct = ("dh[{t}]", "W_qh.T @ do[t]") if linear else ("da[{t}]", "(dphi[t] * (V.T @ dz[t]))")
    state, once = words.state, str(words.names["o"].first) == "T"
    last = "T" if once else "1"
    inputs = {"W_hh": f"@ {state}[{{t}}-1].T", "W": f"@ {state}[{{t}}-1].T", "W_hx": "@ x[{t}].T", "U": "@ x[{t}].T", "b": ""}
    if target.kind == "parameter" and target.name in inputs:
        tail = inputs[target.name]
        yield "lag0", f"sum({direct} {tail.format(t='t')} for t in range({last}, T+1))"
        yield "first_step", f"{local.format(t='1')} {tail.format(t='1')}"
        yield "last_step", f"{local.format(t='T')} {tail.format(t='T')}"
    if len(target.letters) == 1 and not once:
        t = target.letters[0]
        if (target.kind, target.name) == ("adjoint", "h"):
            yield "immediate", f"W_qh.T @ do[{t}]"
            yield "next_only", f"W_hh.T @ dh[{t}+1]"
        if (target.kind, target.name) == ("adjoint", "s"):
            yield "immediate", f"V.T @ dz[{t}]"
            yield "next_only", f"W.T @ da[{t}+1]"
        if (target.kind, target.name) == ("adjoint", "a"):
            yield "immediate", f"dphi[{t}] * (V.T @ dz[{t}])"
            yield "next_only", f"dphi[{t}] * (W.T @ da[{t}+1])"
    if target.kind == "tangent" and len(target.letters) == 1:
        t = target.letters[0]
        slope = "{}" if linear else "diag(dphi[{t}]) @ {}"
        yield "lag0", slope.replace("{t}", t).format(f"dW @ {state}[{t}-1]")
        yield "first_step", f"J[{t}, 1] @ " + slope.replace("{t}", "1").format(f"dW @ {state}[0]")
