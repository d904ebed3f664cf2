"""The gradient along a Transformer of 96 layers at initialization: the normalization in two places, and DeepNorm."""

import numpy as np

from figures import style
from figures.recorded import recorded

DEPTH = "96"
LINES = {"pre": ("stream", "pre", style.STEADY, style.SOLID, r"\mathrm{pre}", (57, 4.5)), "deepnorm": ("stream", "deepnorm", style.MUTED, style.DOTTED, r"\alpha,\ \beta", (2, 0.42)),
         "post": ("stream", "post", style.EXPLODE, style.DASHED, r"\mathrm{post}", (73, 2.2e-2)), "post_apart": ("apart", "post", style.VANISH, style.DASHDOT, r"\mathrm{post},\ g_i-\bar{g}", (50, 3e-8))}  # fmt: skip


def data():
    """Median over the seeds of ‖∂L/∂h_l‖ / ‖∂L/∂h_D‖, whole or without the mean over the tokens, after each sub-layer; and 2^(−(D − l)/2)."""
    record, columns = recorded("transformer_depth"), {}
    for name, (measure, network, *_) in LINES.items():
        columns[name] = np.array(record[measure][network][DEPTH])
    layer = np.arange(len(columns["pre"])) / 2
    return {"layer": layer, **columns, "half": 2.0 ** (-(layer[-1] - layer) / 2)}


def draw(fig, data):
    """Four lines over the layers, and the rate of one half per layer in the square."""
    ax = fig.add_axes((0.125, 0.15, 0.85, 0.75))
    ax.set(yscale="log", xlim=(0, data["layer"][-1]), ylim=(4e-9, 40))
    seen = data["half"] > 1e-8
    ax.plot(data["layer"][seen], data["half"][seen], color=style.INK, linewidth=0.8)
    for name, (_, _, color, dashes, text, place) in LINES.items():
        ax.plot(data["layer"], data[name], color=color, linestyle=dashes)
        style.label(ax, *place, text, color)
    style.label(ax, 80, 1e-5, r"2^{-(D-l)/2}")
    style.ticks(ax.xaxis, (0, 24, 48, 72, 96))
    style.decades(ax.yaxis, -8, 0, 2)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert\partial L/\partial h_l\right\Vert\ /\ \left\Vert\partial L/\partial h_D\right\Vert")
    style.xlabel(ax, "l")
