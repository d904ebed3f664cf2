"""Terms as a textbook sets them: h_t, W_hh^T, sums and ordered products with their ranges."""

from functools import singledispatch

from sympy import Add, Identity, Integer, MatAdd, MatMul, MatrixExpr, MatrixSymbol, Mul, OneMatrix, Pow, Rational, Symbol, Transpose, ZeroMatrix, fraction

from derivations.algebra import terms as a
from derivations.algebra.layout import Big, Fence, Fraction, Grid, Root, Row, Script, Sign, mathml, row, tex

GREEK = {"phi": (r"\phi", "ϕ"), "lambda": (r"\lambda", "λ"), "sigma": (r"\sigma", "σ"), "gamma": (r"\gamma", "γ"), "rho": (r"\rho", "ρ"), "theta": (r"\theta", "θ"),
         "omega": (r"\omega", "ω"), "Lambda": (r"\Lambda", "Λ"), "Delta": (r"\Delta", "Δ"), "alpha": (r"\alpha", "α"), "beta": (r"\beta", "β"), "mu": (r"\mu", "μ"), "nu": (r"\nu", "ν"), "eta": (r"\eta", "η"), "epsilon": (r"\varepsilon", "ε"), "tau": (r"\tau", "τ"), "chi": (r"\chi", "χ")}
WORDS = {"tanh": r"\tanh", "rsqrt": r"\operatorname{rsqrt}", "exp": r"\exp", "log": r"\log", "sigmoid": r"\sigma", "relu": r"\operatorname{ReLU}", "lrelu": r"\operatorname{LReLU}", "selu": r"\operatorname{SELU}", "elu": r"\operatorname{ELU}", "gelu": r"\operatorname{GELU}", "silu": r"\operatorname{SiLU}", "softplus": r"\operatorname{softplus}"}
TOP, PARTIAL, PRIME_MARK, EQUALS = Sign(r"\top", "⊤", "mo"), Sign(r"\partial", "∂", "mo"), Sign(r"\prime", "′", "mo"), Sign("=", "=", "mo")
PLUS, MINUS, THIN, COMMA, ODOT = Sign("+", "+", "mo"), Sign("-", "−", "mo"), Sign(r"\,", " ", "mtext"), Sign(",", ",", "mo"), Sign(r"\odot", "⊙", "mo")
DOTS, LOSS_SIGN, D = Sign(r"\ldots", "…", "mo"), Sign(r"\ell", "ℓ"), Sign(r"\mathrm{d}", "d", "mi", True)
RELATIONS = {"=": EQUALS, ":=": EQUALS, "<=": Sign(r"\le", "≤", "mo"), ">=": Sign(r"\ge", "≥", "mo"), "<": Sign("<", "<", "mo"), ">": Sign(">", ">", "mo"),
             "~": Sign(r"\approx", "≈", "mo"), "->": Sign(r"\to", "→", "mo"), "=>": Sign(r"\;\Longrightarrow\;", "⟹", "mo")}
ADDITIVE, FACTOR, POSTFIX, CLOSED = range(4)


def latex(thing):
    """LaTeX of a term, or of (left, relation, right)."""
    return tex(boxes(thing))


def to_mathml(thing):
    """Presentation MathML of a term, or of (left, relation, right)."""
    return mathml(boxes(thing))


def boxes(thing):
    """The layout of a term or of a proposition (left, relation, right)."""
    if isinstance(thing, tuple):
        left, relation, right = thing
        return row(boxes(left), RELATIONS[relation], boxes(right))
    return _set(thing)[0]


def name(text):
    """A code name as printed: W_hh is W with the subscript hh, phi is the Greek letter."""
    head, _, tail = text.partition("_")
    sign = Sign(*GREEK[head]) if head in GREEK else Sign(head, head) if len(head) == 1 else Sign(rf"\mathrm{{{head}}}", head, "mi", True)
    return Script(sign, sub=Sign(tail, tail, "mn" if tail.isdigit() else "mi")) if tail else sign


def wrapped(term, level):
    """The boxes of a term, in parentheses when it binds less tightly than ``level``."""
    box, own = _set(term)
    return box if own >= level else Fence("(", box, ")")


def function(name_, order):
    sign = Sign(*GREEK[name_]) if name_ in GREEK else Sign(WORDS[name_], name_, "mi", True)
    return Script(sign, sup=row(*[PRIME_MARK] * order)) if order else sign


@singledispatch
def _set(term):
    raise TypeError(f"{type(term).__name__} has no printed form (in {term}): add one to derivations/algebra/typeset.py.")


@_set.register(Symbol)
@_set.register(MatrixSymbol)
def _(term):
    return name(term.name), CLOSED


@_set.register(a.Slot)
def _(term):
    base = name(term.name)
    index = boxes(term.index)
    if isinstance(base, Script):
        return Script(base.base, sub=row(base.sub, COMMA, index)), CLOSED
    return Script(base, sub=index), CLOSED


def _ratio(top, bottom):
    return Fraction(row(PARTIAL, top), row(PARTIAL, bottom)), CLOSED


@_set.register(a.Grad)
def _(term):
    return _ratio(name("L"), boxes(term.of))


@_set.register(a.Jac)
def _(term):
    return _ratio(boxes(term.num), boxes(term.den))


@_set.register(a.Diff)
def _(term):
    return row(D, boxes(term.of)), POSTFIX


@_set.register(a.Map)
def _(term):
    if term.function in ("log", "reciprocal") and term.order + (term.function == "reciprocal") == 1:
        return Fraction(Sign("1", "1", "mn"), boxes(term.argument)), CLOSED
    if term.function == "square" and term.order < 2:
        two = Sign("2", "2", "mn")
        return (row(two, THIN, wrapped(term.argument, FACTOR)), FACTOR) if term.order else (Script(wrapped(term.argument, CLOSED), sup=two), CLOSED)
    if term.function == "sqrt" and term.order < 2:
        root = Root(boxes(term.argument))
        return Fraction(Sign("1", "1", "mn"), row(Sign("2", "2", "mn"), THIN, root)) if term.order else root, CLOSED
    return row(function(term.function, term.order), Fence("(", boxes(term.argument), ")")), CLOSED


@_set.register(a.Diag)
def _(term):
    return row(Sign(r"\operatorname{diag}", "diag", "mi", True), Fence("(", boxes(term.vector), ")")), CLOSED


@_set.register(a.Softmax)
def _(term):
    return row(Sign(r"\operatorname{softmax}", "softmax", "mi", True), Fence("(", boxes(term.argument), ")")), CLOSED


@_set.register(a.Loss)
def _(term):
    value = row(LOSS_SIGN, Fence("(", row(boxes(term.output), COMMA, boxes(term.target)), ")"))
    return _ratio(value, boxes(term.output)) if term.order else (value, CLOSED)


@_set.register(a.Inner)
def _(term):
    return Fence("⟨", row(boxes(term.args[0]), COMMA, boxes(term.args[1])), "⟩"), CLOSED


@_set.register(a.Hadamard)
def _(term):
    return row(wrapped(term.args[0], POSTFIX), ODOT, wrapped(term.args[1], POSTFIX)), ADDITIVE


@_set.register(Transpose)
def _(term):
    inner = _set(term.arg)[0]
    if isinstance(inner, Script) and inner.sup is None:
        return Script(inner.base, inner.sub, TOP), CLOSED
    return Script(inner if isinstance(inner, Sign) else Fence("(", inner, ")"), sup=TOP), CLOSED


@_set.register(a.Power)
def _(term):
    inner = _set(term.base)[0]
    if isinstance(inner, Script) and inner.sup is None:
        return Script(inner.base, inner.sub, boxes(term.exponent)), CLOSED
    return Script(inner if isinstance(inner, (Sign, Grid)) else Fence("(", inner, ")"), sup=boxes(term.exponent)), CLOSED


@_set.register(a.TimeSum)
def _(term):
    big = Big(Sign(r"\sum", "∑", "mo"), row(boxes(term.variable), EQUALS, boxes(term.first)), boxes(term.last))
    return row(big, wrapped(term.body, FACTOR)), FACTOR


@_set.register(a.OrderedProduct)
def _(term):
    under = row(boxes(term.variable), EQUALS, boxes(term.first), COMMA, DOTS, COMMA, boxes(term.last))
    return row(Big(Sign(r"\prod", "∏", "mo"), under), wrapped(term.body, FACTOR)), FACTOR


@_set.register(Identity)
def _(term):
    return name("I"), CLOSED


@_set.register(ZeroMatrix)
def _(term):
    return Sign("0", "0", "mn"), CLOSED


@_set.register(OneMatrix)
def _(term):
    if term.shape == (1, 1):
        return Sign("1", "1", "mn"), CLOSED
    return Sign(r"\mathbf{1}", "𝟏", "mn"), CLOSED


def _ones(factor):
    """A column of ones in a product says how long it is; None for anything else. In a sum its neighbours say so."""
    if factor.shape == (1, 1):
        return None
    if isinstance(factor, Transpose) and isinstance(factor.arg, OneMatrix):
        return Script(boxes(factor.arg), boxes(factor.arg.shape[0]), TOP)
    return Script(boxes(factor), boxes(factor.shape[0])) if isinstance(factor, OneMatrix) else None


@_set.register(MatMul)
def _(term):
    return _product([f for f in term.args if not isinstance(f, MatrixExpr)], [f for f in term.args if isinstance(f, MatrixExpr)])


def _product(scalars, factors):
    """Scalars, then factors; an open-ended sum or product is bracketed unless it comes last."""
    flat = []
    for factor in factors:
        inner = factor.args if isinstance(factor, MatMul) else (factor,)
        scalars = scalars + [f for f in inner if not isinstance(f, MatrixExpr)]
        flat += [f for f in inner if isinstance(f, MatrixExpr)]
    scalar = Mul(*scalars)
    negative = scalar.could_extract_minus_sign()
    parts = [] if scalar in (1, -1) else [wrapped(-scalar if negative else scalar, FACTOR)]
    for place, factor in enumerate(flat):
        open_ended = isinstance(factor, a.Binder) and place < len(flat) - 1
        parts.append(Fence("(", boxes(factor), ")") if open_ended else _ones(factor) or wrapped(factor, FACTOR))
    spaced = [item for place, part in enumerate(parts) for item in ([THIN, part] if place else [part])]
    return (row(MINUS, *spaced), ADDITIVE) if negative else (row(*spaced), FACTOR)


@_set.register(MatAdd)
@_set.register(Add)
def _(term):
    parts = []
    for place, summand in enumerate(term.args if isinstance(term, MatAdd) else _ordered(term)):
        box, _ = _set(summand)
        negative = isinstance(box, Row) and box.items[0] == MINUS
        if place and not negative:
            parts.append(PLUS)
        parts += box.items if negative else [box]
    return row(*parts), ADDITIVE


def _ordered(term):
    """Index arithmetic as people write it: T + t - i, k - 1."""
    rank = {"T": 0, "t": 1, "l": 1}
    return sorted(term.args, key=lambda s: (s.is_Integer, s.could_extract_minus_sign(), rank.get(str(s), 2), str(s)))


@_set.register(Mul)
def _(term):
    top, bottom = fraction(term)
    if bottom != 1:
        negative = top.could_extract_minus_sign()
        box = Fraction(boxes(-top if negative else top), boxes(bottom))
        return (row(MINUS, box), ADDITIVE) if negative else (box, FACTOR)
    if term.could_extract_minus_sign():
        return row(MINUS, wrapped(-term, FACTOR)), ADDITIVE
    parts = [wrapped(f, FACTOR) for f in term.args]
    return row(*[item for place, part in enumerate(parts) for item in ([THIN, part] if place else [part])]), FACTOR


@_set.register(Pow)
def _(term):
    if term.exp == -1:
        return Fraction(Sign("1", "1", "mn"), boxes(term.base)), CLOSED
    return Script(wrapped(term.base, CLOSED), sup=boxes(term.exp)), CLOSED


@_set.register(Integer)
def _(term):
    digits = str(abs(int(term)))
    sign = Sign(digits, digits, "mn")
    return (row(MINUS, sign), ADDITIVE) if term < 0 else (sign, CLOSED)


@_set.register(Rational)
def _(term):
    box = Fraction(boxes(Integer(abs(term.p))), boxes(Integer(term.q)))
    return (row(MINUS, box), ADDITIVE) if term < 0 else (box, CLOSED)
