"""Checked numbers in a sentence: rounded correctly from the digits that the evidence holds."""

from decimal import ROUND_HALF_EVEN, Context, Decimal

DEFAULT_DIGITS = 4
_SMALLEST, _LARGEST = -4, 6
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def rounded(decimal: str, digits: int | None = None) -> Decimal:
    """The number to so many significant digits, or itself where it has no more than that."""
    number = Decimal(decimal)
    if digits is None and number == number.to_integral_value() and number.adjusted() <= _LARGEST:
        return number.to_integral_value()
    digits = digits or DEFAULT_DIGITS
    if len(number.normalize().as_tuple().digits) <= digits:
        return number.normalize()
    return Context(digits, ROUND_HALF_EVEN).plus(number)


def parts(decimal: str, digits: int | None = None) -> tuple[str, int | None]:
    """(mantissa, power of ten); the power is None where plain notation reads better (10⁻⁴ to 10⁶)."""
    number = rounded(decimal, digits)
    exponent = number.adjusted() if number else 0
    if _SMALLEST <= exponent <= _LARGEST:
        return format(number, "f").replace("-", "−"), None
    return format(number.scaleb(-exponent), "f").replace("-", "−"), exponent


def as_text(decimal: str, digits: int | None = None) -> str:
    """ "1.427 × 10⁻⁵" with spaces that do not break."""
    mantissa, exponent = parts(decimal, digits)
    return mantissa if exponent is None else f"{mantissa}\u00a0×\u00a010{str(exponent).translate(_SUPERSCRIPT)}"


def as_html(decimal: str, digits: int | None = None) -> str:
    mantissa, exponent = parts(decimal, digits)
    if exponent is None:
        return mantissa
    return f"{mantissa}\u00a0×\u00a010<sup>{str(exponent).replace('-', '−')}</sup>"


def as_latex(decimal: str, digits: int | None = None) -> str:
    mantissa, exponent = parts(decimal, digits)
    mantissa = mantissa.replace("−", "-")
    return mantissa if exponent is None else rf"{mantissa} \times 10^{{{exponent}}}"


def same_number(written: str, decimal: str) -> bool:
    """Whether a literal on a page ("1.427e-5") equals the checked number to the digits that were written."""
    literal = Decimal(written)
    digits = len(literal.as_tuple().digits)
    exact = Decimal(decimal)
    return literal == Context(digits, ROUND_HALF_EVEN).plus(exact) or literal == exact
