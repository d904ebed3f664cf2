"""Layer normalization with ε of a vector that is multiplied by α: the size of the output and of the Jacobian."""

import numpy as np

from figures import style

X = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])  # variance one
EPSILON = 1e-5


def normalized(x):
    centred = x - x.mean()
    return centred / np.sqrt((centred**2).mean() + EPSILON)


def data():
    """Root mean square of LN_ε(αx), and the norm of the Jacobian at αx (complex step), over α."""
    factors = np.geomspace(1e-5, 1e2, 141)
    size = [np.sqrt((normalized(factor * X) ** 2).mean()) for factor in factors]
    return {"alpha": factors, "output": np.array(size), "jacobian": np.array([np.linalg.norm(jacobian(factor * X), 2) for factor in factors])}


def jacobian(x):
    step = 1e-30
    return np.stack([normalized(x + 1j * step * unit).imag / step for unit in np.eye(len(x))], axis=1)


def draw(fig, data):
    """Both against α; the dotted line stands where α² equals ε."""
    ax = fig.add_axes((0.115, 0.15, 0.86, 0.78))
    ax.set(xscale="log", yscale="log", xlim=(1e-5, 1e2), ylim=(1e-3, 2e3))
    ax.axvline(EPSILON**0.5, color=style.MUTED, linestyle=style.DOTTED, linewidth=style.THIN)
    ax.plot(data["alpha"], data["output"], color=style.STEADY)
    ax.plot(data["alpha"], data["jacobian"], color=style.VANISH, linestyle=style.DASHED)
    style.label(ax, 3, 2.6, r"\mathrm{rms}\ \mathrm{LN}_\varepsilon(\alpha x)", style.STEADY)
    style.label(ax, 3e-2, 130, r"\left\Vert J_\varepsilon(\alpha x)\right\Vert_2", style.VANISH)
    style.label(ax, EPSILON**0.5 * 1.25, 2.5e-3, r"\alpha=\sqrt{\varepsilon}", style.MUTED)
    style.decades(ax.xaxis, -5, 2, 1)
    style.decades(ax.yaxis, -3, 3, 1)
    ax.grid(axis="y")
    style.xlabel(ax, r"\alpha")
