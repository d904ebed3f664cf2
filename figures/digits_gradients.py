"""The gradient in each kernel of an untrained convolutional network on digits: three activation functions, and what a sum changes."""

from figures import style
from figures.recorded import spread

LINES = {
    "sigmoid": (style.SERIES[0], style.DASHDOT, r"\sigma", (10.5, 3e-13)), "default": (style.SERIES[3], style.DOTTED, r"\mathrm{ReLU},\ \mathrm{Var}\,k=\frac{1}{3\,n}", (1.6, 5e-9)),
    "He": (style.SERIES[1], style.DASHED, r"\mathrm{ReLU},\ \mathrm{He}", (1.6, 3e-4)), "tanh": (style.SERIES[5], style.SOLID, r"\tanh", (7.2, 3e-4)),
    "residual": (style.STEADY, style.SOLID, r"h_l=h_{l-1}+\cdots", (1.6, 30)),
}


def data():
    """Norm of the gradient in the kernel of every second layer: smallest, median and largest of the draws."""
    found = spread("digits_gradients")
    return {"network": found["network"], "layer": found["length"], "low": found["best"], "median": found["median"], "high": found["worst"]}


def draw(fig, data):
    """Norms over the layer; bands hold all draws."""
    ax = fig.add_axes((0.125, 0.15, 0.855, 0.75))
    ax.set(yscale="log", xlim=(1, 25), ylim=(1e-18, 1e3))
    for network, (color, dashes, name, place) in LINES.items():
        rows = data["network"] == network
        layer, low, middle, high = (data[key][rows] for key in ("layer", "low", "median", "high"))
        style.band(ax, layer, low, middle, high, color, dashes)
        style.label(ax, *place, name, color)
    style.ticks(ax.xaxis, (1, 5, 9, 13, 17, 21, 25))
    style.decades(ax.yaxis, -18, 0, 3)
    ax.grid(axis="y")
    style.ylabel(ax, r"\left\Vert\partial L/\partial K_l\right\Vert")
    style.xlabel(ax, "l")
