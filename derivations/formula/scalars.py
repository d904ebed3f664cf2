"""The two arithmetics of a point, with the model's activation in the place of phi."""

from mpmath import mp
from mpmath.libmp import mpf_mul, mpf_sum

from derivations.checking.ops import FieldOps, MpOps
from derivations.formula.sentences import FormulaError
from derivations.formula.values import shown

LARGEST_ARGUMENT = 10**6


class ExactOps(FieldOps):
    """F_p, with the model's activation in the place of phi."""

    def __init__(self, seed, activation):
        super().__init__(seed)
        self.activation = activation

    def apply(self, function, order, x):
        return super().apply(self.activation if function == "phi" else function, order, x)


class ExtendedOps(MpOps):
    """mpmath numbers, with the model's activation in the place of phi; refuses arguments no network produces."""

    def __init__(self, activation):
        self.activation, self.known = activation, {}

    def apply(self, function, order, x):
        function = self.activation if function == "phi" else function
        key = (function, order, x._mpf_)  # every true derivative repeats the same forward pass
        if key not in self.known:
            if function in ("exp", "tanh") and abs(x) > LARGEST_ARGUMENT or function == "log" and order == 0 and x <= 0:
                raise FormulaError("function_domain", name=function, value=decimal(x, 3))
            self.known[key] = super().apply(function, order, x)
        return self.known[key]

    def matmul(self, a, b):
        columns = [[x._mpf_ for x in column] for column in zip(*b)]
        return [[mp.make_mpf(mpf_sum([mpf_mul(x._mpf_, y) for x, y in zip(row, column)], *mp._prec_rounding)) for column in columns] for row in a]


def decimal(x, digits):
    """A number as text; one whose decimal exponent would itself take long to compute, as a power of 2."""
    if mp.isfinite(x) and x != 0 and abs(mp.mag(x)) > 10**5:
        return ("-" if x < 0 else "") + f"2^({shown(mp.mag(x))})"
    return mp.nstr(x, digits).lstrip("+")
