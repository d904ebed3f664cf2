"""Terms as the text of a program, in the words of a dialect (SymPy or NumPy)."""

from dataclasses import dataclass, field
from functools import singledispatchmethod

from sympy import Abs, Add, Identity, Integer, Inverse, MatAdd, MatMul, MatrixExpr, MatrixSymbol, Mul, OneMatrix, Pow, Rational, Symbol, Transpose, ZeroMatrix, ceiling, cos, log, sin
from sympy.core.numbers import Infinity
from sympy.matrices.immutable import ImmutableDenseMatrix

from derivations.algebra import scalars as s
from derivations.algebra import terms as a
from derivations.algebra.pycode import NoCode

SUM, PRODUCT, POWER, CLOSED = range(4)
KEYWORDS = {"lambda": "lam"}


@dataclass(frozen=True)
class Leaf:
    """A name that the program must define: its shape, whether it has members, whether it is zero past the last step."""

    shape: tuple
    family: bool = False
    adjoint: bool = False
    note: str = ""


@dataclass
class Writer:
    """Calling it with a term returns its text; ``needs`` and ``leaves`` collect what the text refers to."""

    dialect: object
    needs: dict = field(default_factory=dict)
    leaves: dict = field(default_factory=dict)

    def __call__(self, term):
        return self._say(term)[0]

    def at(self, term, level):
        text, own = self._say(term)
        return text if own >= level else f"({text})"

    def named(self, symbol):
        return KEYWORDS.get(symbol.name, symbol.name)

    def whole(self, number):
        """A whole number whose reciprocal is exact where the dialect can."""
        return f"Integer({number})" if self.dialect.slopes else str(number)

    def word(self, name, *arguments):
        """A call of a function of the dialect, or its pattern filled."""
        word = self.dialect.words[name]
        return (word.format(*arguments) if "{" in word else f"{word}({', '.join(arguments)})"), (PRODUCT if name in ("hadamard", "power", "inverse") else CLOSED)

    def helper(self, name, *arguments, needs=()):
        for one in (*needs, name):
            if one not in self.dialect.helpers:
                raise NoCode(f"{one} has no form here.")
            self.needs[one] = True
        return f"{name}({', '.join(arguments)})", CLOSED

    def leaf(self, name, shape, index=None, adjoint=False, note=""):
        self.leaves[name] = Leaf(shape, index is not None, adjoint or self.leaves.get(name, Leaf(())).adjoint, note)
        return (name if index is None else self.dialect.member.format(name, self(index))), CLOSED

    def joined(self, parts):
        text = self.at(parts[0], SUM)
        for part in parts[1:]:
            one = self.at(part, PRODUCT)
            text += f" - {one[1:]}" if one.startswith("-") else f" + {one}"
        return text, SUM

    def times(self, scalars, factors):
        """Numbers, then matrices; the dialect's sign stands between matrices only."""
        front = [self.at(x, PRODUCT if place == 0 else POWER) for place, x in enumerate(scalars) if x != -1]
        text = f" {self.dialect.times} ".join(self.at(x, POWER) for x in factors)
        text = " * ".join([*front, f"({text})" if front and len(factors) > 1 and self.dialect.times != "*" else text] if text else front or ["1"])
        return (f"-{text}", PRODUCT) if sum(x == -1 for x in scalars) % 2 else (text, PRODUCT)

    @singledispatchmethod
    def _say(self, term):
        raise NoCode(f"{type(term).__name__} has no form in a program (in {term}).")

    @_say.register
    def _(self, term: Symbol):
        return self.named(term), CLOSED

    @_say.register
    def _(self, term: Integer):
        return str(term), CLOSED if term >= 0 else PRODUCT

    @_say.register
    def _(self, term: Rational):
        return self.dialect.rational.format(term.p, term.q), CLOSED if self.dialect.slopes else PRODUCT

    @_say.register
    def _(self, term: Infinity):
        return self.dialect.words["oo"], CLOSED

    @_say.register
    def _(self, term: s.Decimal):
        return self._say(term.value) if self.dialect.slopes else (term.text, CLOSED)

    @_say.register
    def _(self, term: s.Digits):
        return self._say(term.low) if self.dialect.slopes else (f"{term.digits[0]}.{term.digits[1:]}e{term.exponent}", CLOSED)

    @_say.register(s.Plus)
    @_say.register(MatAdd)
    def _(self, term):
        return self.joined(term.args)

    @_say.register
    def _(self, term: Add):
        return self.joined(sorted(term.args, key=lambda part: (part.is_Integer, part.could_extract_minus_sign())))

    @_say.register(Mul)
    @_say.register(s.Times)
    def _(self, term):
        return self.times(list(term.args), [])

    @_say.register
    def _(self, term: MatMul):
        return self.times([x for x in term.args if not isinstance(x, MatrixExpr) and not hasattr(x, "shape")], [x for x in term.args if hasattr(x, "shape")])

    @_say.register
    def _(self, term: Pow):
        if term.exp == -1:
            return f"1/{self.at(term.base, CLOSED)}", PRODUCT
        # A negative power of a whole number is a fraction in SymPy and an error in NumPy.
        base = self.at(term.base, CLOSED)
        if term.base.is_Integer:
            base = self.whole(base) if self.dialect.slopes else f"{base}.0"
        return f"{base}**{self.at(term.exp, CLOSED)}", POWER

    @_say.register
    def _(self, term: s.Ratio):
        top = self.at(term.top, POWER)
        return f"{self.whole(top) if term.top.is_Integer else top}/{self.at(term.bottom, CLOSED)}", PRODUCT

    @_say.register
    def _(self, term: s.Root):
        return self.word("sqrt", self(term.args[0]))

    @_say.register
    def _(self, term: s.Exp):
        return self.word("exp", self(term.args[0]))

    @_say.register(Abs)
    @_say.register(s.Modulus)
    def _(self, term):
        return self.word("Abs", self(term.args[0]))

    @_say.register(log)
    @_say.register(cos)
    @_say.register(sin)
    @_say.register(ceiling)
    def _(self, term):
        argument = self(term.args[0])
        if term.args[0].is_Integer:
            argument = self.whole(argument)
        return self.word(type(term).__name__, argument)

    @_say.register
    def _(self, term: s.Applied):
        if term.function == "tanh":
            name = "tanh" if self.dialect.slopes else "np.tanh"
        else:
            name = self._helper_name(term.function, "xi")
        if term.order:
            return self.helper("slope", name, self(term.argument), needs=("xi",))
        return f"{name}({self(term.argument)})", CLOSED

    @_say.register
    def _(self, term: s.Squared):
        return f"{self.at(term.args[0], CLOSED)}**2", POWER

    @_say.register
    def _(self, term: s.Proposition):
        sign = {"=": "=="}.get(term.relation, term.relation)
        if sign not in ("==", "<", ">", "<=", ">="):
            raise NoCode(f"the relation {term.relation} has no form in a program")
        return f"{self.at(term.left, SUM)} {sign} {self.at(term.right, SUM)}", SUM

    @_say.register
    def _(self, term: s.Indicator):
        return (f"Piecewise((1, {self(term.proposition)}), (0, True))", CLOSED) if self.dialect.slopes else (f"1.0 * ({self(term.proposition)})", PRODUCT)

    @_say.register
    def _(self, term: s.Least):
        return f"next({term.variable} for {term.variable} in range({self(term.first)}, 10**4) if {self(term.proposition)})", CLOSED

    @_say.register
    def _(self, term: s.Extreme):
        if term.kind != "max":
            raise NoCode(f"{term.kind} has no form in a program")
        if not term.variable.is_integer:
            if not self.dialect.slopes:
                raise NoCode("a maximum over the line has no NumPy form")
            return f"calculus.util.maximum({self(term.body)}, {self(term.variable)}, S.Reals)", CLOSED
        return f"max(N({self(term.body)}) for {term.variable} in range(56))" if self.dialect.slopes else f"max({self(term.body)} for {term.variable} in range(56))", CLOSED

    @_say.register
    def _(self, term: s.SpectralNorm):
        return self.helper("norm", self(term.of))

    @_say.register
    def _(self, term: s.SpectralRadius):
        return self.helper("radius", self(term.of))

    @_say.register
    def _(self, term: s.LargestEntry):
        return self.helper("largest", self(term.of))

    @_say.register
    def _(self, term: s.Rounded):
        return self.helper("fl", self(term.of))

    @_say.register
    def _(self, term: s.FormatLimit):
        if term.kind != "smallest_subnormal":
            raise NoCode("the limit of a format is a name")
        self.helper("mu")
        return "mu", CLOSED

    # ---- matrices ----

    @_say.register
    def _(self, term: ImmutableDenseMatrix):
        rows, columns = term.shape
        return self.matrix([[self(term[i, j]) for j in range(columns)] for i in range(rows)]), CLOSED

    def matrix(self, rows):
        return f"{self.dialect.words['matrix']}([{', '.join('[' + ', '.join(row) + ']' for row in rows)}])"

    @_say.register
    def _(self, term: MatrixSymbol):
        if term.name == "L":
            raise NoCode("the loss is a name")
        return self.leaf(term.name, term.shape)

    @_say.register
    def _(self, term: a.Slot):
        return self.leaf(term.name, term.shape, term.index)

    @_say.register(a.Grad)
    @_say.register(a.Diff)
    def _(self, term):
        of = term.of
        if isinstance(of, a.Slot) and isinstance(term, a.Grad):
            return self.leaf(f"d{of.name}", of.shape, of.index, of.index.as_coeff_Add()[0] > 0, f"∂L/∂{of.name}_i")
        if isinstance(of, MatrixSymbol) and isinstance(term, a.Diff):
            return self.leaf(f"d{of.name}", of.shape, note=f"a change of {of.name}")
        raise NoCode(f"{term} is a name")

    @_say.register
    def _(self, term: a.Map):
        if term.function == "phi":
            name = self._helper_name("dphi", "xi", "phi") if term.order and self.dialect.slopes else self._helper_name("dphi" if term.order else "phi")
        elif term.order == 0:
            name = self.dialect.words.get(term.function) or self._helper_name(term.function, "xi")
        elif term.order == 1 and self.dialect.slopes:
            name = f"Lambda(xi, diff({self.dialect.words.get(term.function) or self._helper_name(term.function)}(xi), xi))"
            self.needs["xi"] = True
        elif term.order == 1:
            name = "np.reciprocal" if term.function == "log" else self._helper_name(f"d{term.function}")
        else:
            raise NoCode(f"{term} has no form in a program")
        return self.word("map", name, self.at(term.argument, CLOSED))[0], CLOSED

    def _helper_name(self, name, *needs):
        return self.helper(name, needs=[one for one in needs if one in self.dialect.helpers])[0].removesuffix("()")

    @_say.register
    def _(self, term: a.Softmax):
        return self.helper("softmax", self(term.argument))

    @_say.register
    def _(self, term: a.Loss):
        name, note = ("dl", f"gradient of the loss of step i in {term.output.name}_i") if term.order else ("l", "loss of step i")
        return self.leaf(name, term.shape, term.output.index, note=note)

    @_say.register
    def _(self, term: a.Diag):
        return self.word("diag", self(term.vector))

    @_say.register
    def _(self, term: a.Hadamard):
        return self.word("hadamard", self.at(term.args[0], POWER), self.at(term.args[1], POWER))

    @_say.register
    def _(self, term: a.Inner):
        if term.args[0].shape[1] != 1:
            raise NoCode("an inner product of matrices has no short form")
        return f"{self.at(term.args[0], CLOSED)}.T {self.dialect.times} {self.at(term.args[1], POWER)}", PRODUCT

    @_say.register
    def _(self, term: Transpose):
        return f"{self.at(term.arg, CLOSED)}.T", CLOSED

    @_say.register
    def _(self, term: Inverse):
        return self.word("inverse", self(term.arg))

    @_say.register
    def _(self, term: a.Power):
        return self.word("power", self.at(term.base, CLOSED), self.at(term.exponent, CLOSED if self.dialect.slopes else SUM))[0], POWER if self.dialect.slopes else CLOSED

    @_say.register
    def _(self, term: a.TimeSum):
        return self.word("sum", self(term.body), str(term.variable), self(term.first), self(term.last + 1), self._zero(term.shape))

    @_say.register
    def _(self, term: a.OrderedProduct):
        self.helper("product_down")
        one = self.word("eye", str(term.shape[0]))[0]
        return self.word("product", self(term.body), str(term.variable), self(term.first), self(term.last), one)

    def _zero(self, shape):
        return self.word("zeros", *(str(side) for side in shape))[0]

    @_say.register
    def _(self, term: ZeroMatrix):
        return self.word("zeros", *(str(side) for side in term.shape))

    @_say.register
    def _(self, term: OneMatrix):
        return self.word("ones", *(str(side) for side in term.shape))

    @_say.register
    def _(self, term: Identity):
        return self.word("eye", str(term.shape[0]))
