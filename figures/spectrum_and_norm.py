"""Eigenvalues inside, on and outside the unit circle, and what the powers of those matrices do."""

import numpy as np

from figures import style

SEED = 1
n, LAST = 8, 40
CASES = ("inside", "on", "outside")


def matrices():
    """One random matrix scaled to spectral radius 0.9 and to 1.1, and between them its orthogonal factor, a rotation."""
    W = np.random.default_rng(SEED).normal(size=(n, n))
    W /= np.abs(np.linalg.eigvals(W)).max()
    Q, R = np.linalg.qr(W)
    # QR leaves the signs of columns open: fix them, so that it is the same matrix everywhere, and no reflection.
    Q = Q * np.sign(np.diag(R))
    Q[:, 0] *= np.linalg.det(Q).round()
    return {"inside": 0.9 * W, "on": Q, "outside": 1.1 * W}


def data():
    """Rows of two sorts: an eigenvalue (x = real, y = imaginary part) or a norm (x = k, y = ‖W^k‖)."""
    rows = []
    for case, W in matrices().items():
        eigenvalues = sorted(np.linalg.eigvals(W).round(12), key=lambda value: (value.real, value.imag))
        rows += [(case, "eigenvalue", value.real, value.imag) for value in eigenvalues]
        rows += [(case, "norm", k, np.linalg.norm(np.linalg.matrix_power(W, k), 2)) for k in range(LAST + 1)]
    return {key: np.array(column) for key, column in zip(("matrix", "quantity", "x", "y"), zip(*rows, strict=True), strict=True)}


def draw(fig, data):
    """Three planes above, one norm plot below; colour, marker and line go together."""
    fig.set_size_inches(*style.TALL)
    below = fig.add_axes((0.125, 0.085, 0.76, 0.43))
    below.set(yscale="log", xlim=(0, LAST))
    looks = (style.VANISH, "s", style.DASHDOT, r"\rho=0.9"), (style.STEADY, "o", style.DASHED, r"\rho=1"), (style.EXPLODE, "^", style.SOLID, r"\rho=1.1")
    for place, (case, (color, marker, dashes, radius)) in enumerate(zip(CASES, looks, strict=True)):
        mine = data["matrix"] == case
        real, imaginary = (data[key][mine & (data["quantity"] == "eigenvalue")] for key in "xy")
        k, norm = (data[key][mine & (data["quantity"] == "norm")] for key in "xy")
        plane = fig.add_axes((0.01 + 0.335 * place, 0.615, 0.31, 0.31))
        _plane(plane)
        plane.plot(real, imaginary, marker, color=color, markersize=6.5, markeredgewidth=0)
        plane.set_title(f"${radius}$", color=color, fontsize=style.LARGE, pad=6)
        if place == 0:
            style.label(plane, 0.08, 1.27, r"\mathrm{Im}\,\lambda", style.MUTED, fontsize=style.SMALL)
            style.label(plane, 1.4, -0.18, r"\mathrm{Re}\,\lambda", style.MUTED, fontsize=style.SMALL, ha="center")
        below.plot(k, norm, color=color, linestyle=dashes)
        style.label(below, LAST + 0.8, norm[-1], radius, color)
    style.decades(below.yaxis, -2, 2, 1)
    style.ticks(below.xaxis, range(0, LAST + 1, 10))
    below.grid(axis="y")
    style.ylabel(below, r"\Vert W^k\Vert")
    style.xlabel(below, "k")


def _plane(ax):
    """The complex plane around the unit circle, without a frame."""
    ax.axis("off")
    ax.set(xlim=(-1.35, 1.35), ylim=(-1.35, 1.35), aspect="equal")
    angle = np.linspace(0, 2 * np.pi, 121)
    ax.plot(np.cos(angle), np.sin(angle), color=style.MUTED, linewidth=style.THIN)
    for axis in ((-1.35, 1.35), (0, 0)), ((0, 0), (-1.35, 1.35)):
        ax.plot(*axis, color=style.FAINT, linewidth=style.THIN, zorder=0)
