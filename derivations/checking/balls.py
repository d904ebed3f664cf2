"""Real and complex numbers for the second forward pass: balls of python-flint where it is installed, mpmath's elsewhere.

Both have as many digits as mpmath is set to. A ball is a number with a bound on its error; what is done with the results here
reads the middle of a ball, as it would read a rounded number. Balls are about eight times as fast, and the browser has none.
"""

from mpmath import mp

try:
    import flint
except ImportError:  # in the browser, or a system without a wheel
    flint = None


def real(x):
    """A number of mpmath (a binary fraction) as a scalar."""
    if flint is None:
        return mp.mpf(x)
    flint.ctx.prec = mp.prec
    sign, man, exponent, _ = mp.mpf(x)._mpf_
    return flint.arb((-int(man) if sign else int(man), int(exponent)))


def imaginary(x):
    """That number times the imaginary unit."""
    return mp.mpc(0, x) if flint is None else flint.acb(0, real(x))


def number(x):
    """A real scalar as a number of mpmath: the middle of a ball."""
    if flint is None or isinstance(x, (int, mp.mpf)):
        return mp.mpf(x)
    if not x.is_finite():
        return mp.nan
    man, exponent = x.mid().man_exp()
    return mp.ldexp(mp.mpf(int(man)), int(exponent))


def imaginary_part(x):
    """The imaginary part of a scalar as a number of mpmath; a real scalar has none."""
    return number(x.imag) if hasattr(x, "imag") else mp.mpf(0)
