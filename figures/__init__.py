"""The figures of the site, one a module; `python -m figures` draws them.

A module has `data()`, which computes what is plotted (a dict of columns of equal length, saved as CSV), and
`draw(fig, data)`, which draws exactly that on a Matplotlib figure. One that draws at random says so with `SEED`; one that
computes with verified formulas (`figures.derived`) lists them in `RESULTS`, and is drawn again when one of them changes.
"""

NAMES = (
    "home_problem",
    "one_number_formats",
    "linear_rnn_graph",
    "linear_rnn_norms",
    "tanh_lag_heatmap",
    "activations",
    "spectrum_and_norm",
    "bound_slack",
    "transient_growth",
    "phase_diagram",
    "layer_gradients",
    "variance_over_depth",
    "slopes",
    "truncation_error",
    "float16_window",
    "orthogonal_gradients",
    "gradient_regularizer",
    "residual_gradients",
    "path_lengths",
    "block_paths",
    "batchnorm_gradients",
    "norm_scale",
    "adding_problem",
    "copy_memory",
    "sequential_digits",
    "plain_or_residual",
    "digits_gradients",
    "power_or_product",
    "convolution_matrix",
    "rank_collapse",
    "lstm_paths",
    "gru_leak",
    "whole_or_part",
    "remedies_in_time",
    "optimizer_steps",
    "cliff",
    "bifurcation",
)
