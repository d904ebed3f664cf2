"""What programs to copy are made of: the words of SymPy and of NumPy, small helper functions, and example values."""

from dataclasses import dataclass

from sympy import ImmutableMatrix, Integer, Rational


@dataclass(frozen=True)
class Dialect:
    """``words`` maps a function's name to what it is called; ``helpers`` are definitions that a program gets when it uses them."""

    times: str
    member: str  # how a member of a family is written
    words: dict
    helpers: dict
    rational: str
    slopes: bool = False  # whether a derivative of a named function can be written


_ROUNDING = '''def fl(x):  # x rounded to p binary digits, ties to even
    e = max(floor(log(Abs(x), 2).evalf(30)), 1 - E)
    steps = x / Rational(2) ** (e - p + 1)
    down = floor(steps)
    up = steps - down > Rational(1, 2) or (steps - down == Rational(1, 2) and down % 2 == 1)
    y = (down + (1 if up else 0)) * Rational(2) ** (e - p + 1)
    return oo if y > (2 - Rational(2) ** (1 - p)) * Rational(2) ** E else y'''

SYMPY = Dialect(
    "*", "{0}({1})",
    {"exp": "exp", "log": "log", "sqrt": "sqrt", "Abs": "Abs", "cos": "cos", "sin": "sin", "tanh": "tanh", "ceiling": "ceiling", "matrix": "Matrix", "inverse": "({0})**(-1)", "eye": "Identity({0})", "ones": "OneMatrix({0}, {1})", "zeros": "ZeroMatrix({0}, {1})",
     "power": "{0}**{1}", "diag": "DiagMatrix({0})", "hadamard": "hadamard_product({0}, {1})", "map": "{1}.applyfunc({0})", "sum": "sum(({0} for {1} in range({2}, {3})), {4})", "product": "product_down(lambda {1}: {0}, {2}, {3}, {4})", "oo": "oo"},
    {
        "xi": 'xi = Symbol("xi", real=True)', "phi": "phi = tanh  # or another smooth function", "dphi": "dphi = Lambda(xi, diff(phi(xi), xi))",
        "sigma": "sigma = lambda x: 1 / (1 + exp(-x))", "relu": "relu = Lambda(xi, Max(xi, 0))", "sigmoid": "sigmoid = Lambda(xi, 1 / (1 + exp(-xi)))", "slope": "slope = lambda f, x: diff(f(xi), xi).subs(xi, x)",
        "softmax": "softmax = lambda z: z.applyfunc(exp) * (OneMatrix(1, z.shape[0]) * z.applyfunc(exp))**(-1)",
        "product_down": "product_down = lambda factor, first, last, one: MatMul(one, *(factor(j) for j in range(first, last - 1, -1))).doit()",
        "norm": "norm = lambda A: A.norm(2)  # largest singular value", "radius": "radius = lambda A: max(Abs(x) for x in A.eigenvals())", "largest": "largest = lambda A: max(Abs(x) for x in A)",
        "fl": _ROUNDING, "mu": "mu = Rational(2) ** (2 - E - p)  # the smallest positive number",
    },
    "Rational({0}, {1})", True,
)  # fmt: skip

NUMPY = Dialect(
    "@", "{0}[{1}]",
    {"exp": "np.exp", "log": "np.log", "sqrt": "np.sqrt", "Abs": "abs", "cos": "np.cos", "sin": "np.sin", "tanh": "np.tanh", "ceiling": "np.ceil", "matrix": "np.array", "inverse": "np.linalg.inv({0})", "eye": "np.eye({0})", "ones": "np.ones(({0}, {1}))", "zeros": "np.zeros(({0}, {1}))",
     "power": "np.linalg.matrix_power({0}, {1})", "diag": "np.diagflat({0})", "hadamard": "{0} * {1}", "map": "{0}({1})", "sum": "sum(({0} for {1} in range({2}, {3})), {4})", "product": "product_down(lambda {1}: {0}, {2}, {3}, {4})", "oo": "np.inf"},
    {
        "phi": "phi = np.tanh  # or another smooth function", "dphi": "dphi = lambda x: 1 - np.tanh(x)**2  # its derivative", "sigma": "sigma = lambda x: 1 / (1 + np.exp(-x))", "sigmoid": "sigmoid = lambda x: 1 / (1 + np.exp(-x))",
        "dtanh": "dtanh = lambda x: 1 - np.tanh(x)**2", "dsigmoid": "dsigmoid = lambda x: np.exp(-x) / (1 + np.exp(-x))**2", "drelu": "drelu = lambda x: 1.0 * (x > 0)", "relu": "relu = lambda x: np.maximum(x, 0)",
        "softmax": "softmax = lambda z: np.exp(z) / np.sum(np.exp(z))",
        "product_down": "product_down = lambda factor, first, last, one: np.linalg.multi_dot([one, one, *(factor(j) for j in range(first, last - 1, -1))])",
        "norm": "norm = lambda A: np.linalg.norm(A, 2)  # largest singular value", "radius": "radius = lambda A: max(abs(np.linalg.eigvals(A)))", "largest": "largest = lambda A: abs(A).max()",
        "fl": "fl = np.float16  # p = 11, E = 15", "mu": "mu = np.finfo(np.float16).smallest_subnormal",
    },
    "{0}/{1}",
)  # fmt: skip

_W = ImmutableMatrix([[Rational(1, 2), 1], [0, Rational(3, 4)]])
EXAMPLES = {
    "a": Rational(3, 4), "b": Rational(5), "r": Rational(4, 5), "tau": Rational(1, 100), "theta": Rational(3, 10), "gamma": Integer(1), "lambda": Rational(1, 2), "n": Integer(7), "k": Integer(3), "t": Integer(1), "p": Integer(11), "E": Integer(15),
    "q": Rational(5, 4), "c": Rational(1, 4), "sigma_w": Rational(3, 2), "sigma_b": Rational(1, 2), "L": Integer(6), "n_in": Integer(6), "n_out": Integer(4),
    "W": _W, "v": ImmutableMatrix([1, 0]), "S": ImmutableMatrix([[1, 2], [1, 3]]), "Lambda": ImmutableMatrix([[Rational(1, 2), 0], [0, -2]]),
}  # fmt: skip
# Where the statement asks for more than the examples have.
OVERRIDES = {
    "powers.normal": {"W": ImmutableMatrix([[1, 2], [2, -1]])},
    "number.overflow": {"r": Rational(11, 10)},
    "cliff.fold": {"w": Integer(2)},
    "convolution.toeplitz": {"c": Rational(-2)} | {f"x_{place}": Integer(place) for place in range(1, 6)},
    "orthogonal.kept": {"W": ImmutableMatrix([[Rational(3, 5), Rational(-4, 5)], [Rational(4, 5), Rational(3, 5)]])},
    "orthogonal.cayley": {"S": ImmutableMatrix([[0, Rational(1, 2)], [Rational(-1, 2), 0]])},
    "precision.linear": {"S": Integer(4)},
    "precision.commutes": {"x": Rational(10, 3)},
    "precision.least_scale": {"m": Rational(1, 10**9)},
    "precision.overflowing_scale": {"M": Rational(1, 10)},
    "precision.error": {"x": Rational(10, 3)},
    "precision.lost": {"w": Integer(1), "u": Rational(1, 8192)},
    "gate.chrono": {"u": Integer(10)},
    "paths.field": {"w": Integer(2)},
    "paths.layers": {"w": Integer(2)},
    "paths.skip_bound": {"alpha": Rational(1, 2), "beta": Rational(-1, 4)},
    "omega.orthogonal": {"W": ImmutableMatrix([[Rational(3, 5), Rational(-4, 5)], [Rational(4, 5), Rational(3, 5)]]), "g": ImmutableMatrix([1, 2])},
    "omega.step": {"w": Rational(1, 2), "d": Integer(1), "eta": Rational(1, 8)},
    "omega.direction": {"c": Rational(1, 4)},
    "omega.blind": {"alpha": Integer(1), "beta": Integer(3)},
    "isometry.steps": {"eta": Rational(1, 3), "s": Integer(4)},
    "postnorm.factor": {"chi": Rational(1, 2)},
    "deepnorm.stream": {"N": Integer(6)},
    "attention.score_square": {"sigma": Rational(3, 2), "d": Integer(5)},
    "selective.held": {"A": Rational(-1, 2), "B": Integer(2), "Delta": Rational(1, 4), "h": Integer(1), "x": Integer(3)},
    "xlstm.step": {"f": Integer(-1), "i": Integer(2), "m_0": Integer(1), "m_1": Integer(2), "z": Integer(3)},
    "accumulate.uneven": {"a": ImmutableMatrix([1, 2]), "b": ImmutableMatrix([3, -1]), "m_1": Integer(2), "m_2": Integer(5)},
    "clip.per_layer": {"g_1": ImmutableMatrix([3, 4]), "g_2": ImmutableMatrix([5, 12])},
    "check.passes": {"g": Rational(1, 1000), "rho": Rational(1, 1000)},
    "difference.quantum": {"x": Rational(10, 3), "y": Integer(3), "h": Rational(1, 8)},
    "monitor.first_loss": {"K": Integer(10), "z": Rational(3, 2)},
    "monitor.adam_ratio": {"N": Integer(8), "alpha": Rational(1, 1000)},
}
OVERRIDES |= dict.fromkeys(("isometry.gaussian", "isometry.gaussian_wide", "isometry.haar", "isometry.haar_wide"), {"beta": Integer(2)})
OVERRIDES |= dict.fromkeys(("prenorm.product", "prenorm.power"), {"l": Integer(2), "chi": Rational(1, 2)})
OVERRIDES |= dict.fromkeys(("softmax.jacobian", "softmax.norm", "softmax.reach"), {"p": ImmutableMatrix([Rational(1, 4), Rational(3, 4)]), "u": ImmutableMatrix([1, 1])})
OVERRIDES["softmax.saturation"] = {"p": ImmutableMatrix([Rational(1, 8), Rational(1, 8), Rational(3, 4)]), "m": Rational(3, 4)}
OVERRIDES |= dict.fromkeys(("memory.correlated", "memory.teacher", "memory.teacher_normalized"), {"rho": Rational(1, 2), "mu": Rational(1, 4)})
OVERRIDES |= dict.fromkeys(("difference.best_step", "difference.least_error"), {"K": Integer(2), "M": Integer(3), "h": Rational(1, 8), "u": Rational(1, 1024)})
# Optimizers: the usual hyperparameters, after ten updates.
_USUAL = {"t": Integer(10), "alpha": Rational(1, 1000), "beta": Rational(9, 10), "beta_1": Rational(9, 10), "beta_2": Rational(999, 1000), "rho": Rational(30, 37), "epsilon": Rational(1, 10**8), "g": Rational(1, 10**6), "mu": Rational(1, 10), "sigma": Integer(1)}
OVERRIDES |= dict.fromkeys(("momentum.constant", "adam.constant", "rmsprop.constant", "adam.noise", "adam.averaging", "adam.silence", "adam.bound", "warmup.linear"), _USUAL)
