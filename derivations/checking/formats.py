"""Floating-point formats from outside: bit patterns, exact rounding to nearest even, and what NumPy does."""

import struct
from fractions import Fraction
from functools import cache
from math import inf, nextafter

FORMATS = {"float16": (11, 15), "bfloat16": (8, 127), "float32": (24, 127), "float64": (53, 1023)}
NAMES = {sizes: name for name, sizes in FORMATS.items()}
CODES = {"float16": ("e", 2), "float32": ("f", 4), "float64": ("d", 8)}
INFINITY_PATTERNS = {"float16": 0x7C00, "bfloat16": 0x7F80, "float32": 0x7F800000, "float64": 0x7FF0000000000000}
NORMAL_PATTERNS = {"float16": 0x0400, "bfloat16": 0x0080, "float32": 0x00800000, "float64": 0x0010000000000000}


def decoded(name, pattern):
    """The number that a bit pattern stands for, as the machine decodes it; bfloat16 is the upper half of a float32."""
    if name == "bfloat16":
        name, pattern = "float32", pattern << 16
    code, size = CODES[name]
    return struct.unpack(f"<{code}", pattern.to_bytes(size, "little"))[0]


def pattern_limit(kind, p, E):
    """A limit of a format: from the machine's bit patterns, or by listing every number of a small format."""
    name = NAMES.get((p, E))
    if name is None:
        return _listed(p, E)[kind]
    pattern = {"largest": INFINITY_PATTERNS[name] - 1, "smallest_normal": NORMAL_PATTERNS[name], "smallest_subnormal": 1}[kind]
    return Fraction(decoded(name, pattern))


@cache
def _listed(p, E):
    """The limits of a small format, read off the list of all its positive numbers m * 2^(e - p + 1)."""
    normal = [Fraction(m) * Fraction(2) ** (e - p + 1) for e in range(1 - E, E + 1) for m in range(2 ** (p - 1), 2**p)]
    subnormal = [Fraction(m) * Fraction(2) ** (1 - E - p + 1) for m in range(1, 2 ** (p - 1))]
    return {"largest": max(normal), "smallest_normal": min(normal), "smallest_subnormal": min(subnormal + normal)}


def rounded(x, p, E):
    """The positive Fraction x rounded to nearest, ties to even, by integer arithmetic alone; infinity beyond the largest number."""
    exponent = max(x.numerator.bit_length() - x.denominator.bit_length() - 1, 1 - E)
    while Fraction(2) ** (exponent + 1) <= x:
        exponent += 1
    unit = Fraction(2) ** (exponent - p + 1)
    whole, rest = divmod(x, unit)
    whole += rest * 2 > unit or (rest * 2 == unit and whole % 2 == 1)
    value = whole * unit
    return inf if value >= Fraction(2) ** (E + 1) else value


def numpy_limit(kind, p, E):
    """The same limits as numpy.finfo reports them; bfloat16 by stepping down from what rounds to infinity or zero."""
    import numpy

    name = NAMES[p, E]
    if name == "bfloat16":
        pattern = {"largest": _bfloat16(numpy.float64(3e38)), "smallest_normal": _bfloat16(numpy.float64(numpy.finfo("float32").smallest_normal)), "smallest_subnormal": 1}[kind]
        return max(Fraction(decoded(name, bits)) for bits in range(pattern, INFINITY_PATTERNS[name])) if kind == "largest" else Fraction(decoded(name, pattern))
    return Fraction(float(getattr(numpy.finfo(name), {"largest": "max"}.get(kind, kind))))


def numpy_rounded(x, p, E):
    """The Fraction x in the format, through NumPy's own conversions from double precision.

    The double is first rounded to odd (truncated, with its last bit as a sticky bit), so that rounding twice is rounding once.
    """
    import numpy

    name = NAMES[p, E]
    try:
        nearest = float(x)
    except OverflowError:
        return inf
    if name == "float64":
        return nearest if nearest == inf else Fraction(nearest)
    odd = numpy.float64(_to_odd(nearest, x))
    with numpy.errstate(over="ignore", under="ignore"):
        found = decoded("bfloat16", _bfloat16(odd)) if name == "bfloat16" else float(odd.astype(name))
    return inf if found == inf else Fraction(found)


def _to_odd(nearest, x):
    down = nextafter(nearest, 0.0) if Fraction(nearest) > x else nearest
    if Fraction(down) == x:
        return down
    return struct.unpack("<d", (struct.unpack("<Q", struct.pack("<d", down))[0] | 1).to_bytes(8, "little"))[0]


def _bfloat16(double):
    """The pattern of a double in bfloat16: a float32 rounded to odd, then its upper half rounded to nearest even."""
    import numpy

    with numpy.errstate(over="ignore", under="ignore"):
        single = double.astype("float32")
    if single > double:
        single = numpy.nextafter(single, numpy.float32(0))
    bits = int(single.view("uint32")) | int(float(single) != float(double))
    return (bits + 0x7FFF + (bits >> 16 & 1)) >> 16
