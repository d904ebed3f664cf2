"""Which result uses which: read off the derivations, and what is declared is checked."""

from dataclasses import replace

import pytest

from derivations import tombstones
from derivations.algebra.terms import Grad, k, substitute, t
from derivations.catalog import catalog, collected, used
from derivations.entry import Statement, Step
from derivations.text import Text
from derivations.tombstones import Tombstone
from derivations.uses import traceless, uses

WHY = Text("Because.", "因为。")
# What only the sentence of a reason uses: its formula does not stand in the derivation.
IN_WORDS = {
    "number.underflow": ("number.steps_below",),  # at a level that is inserted and simplified in one line
    "powers.normal": ("powers.modulus",),  # "the largest modulus of a power"
    "powers.gelfand": ("powers.jordan",),  # "each Jordan block grows like a polynomial"
    "powers.transient_peak": ("powers.jordan_norm", "powers.transient_below_one"),  # with its numbers inserted; "the 55th power"
    "powers.transient_below_one": ("powers.jordan_norm",),
    # with tanh, ReLU or the logistic function in the place of the activation, and numbers in the place of the parameters
    **dict.fromkeys(("meanfield.relu_forward", "meanfield.tanh_decay", "meanfield.tanh_gain"), ("meanfield.forward",)), **dict.fromkeys(("meanfield.tanh_gain_chi", "meanfield.selu_chi"), ("meanfield.chi",)),
    "meanfield.relu_chi": ("init.relu_slope", "meanfield.chi"), "meanfield.tanh_after_50": ("meanfield.forward", "meanfield.tanh_decay"), **dict.fromkeys(("meanfield.critical_tanh", "meanfield.sigmoid_chi"), ("meanfield.chi", "meanfield.forward")),
    # the mean over random weights of what that result says about fixed ones
    "meanfield.forward": ("feedforward.preactivation",), "meanfield.chi": ("feedforward.delta",), "meanfield.weight_gradient": ("feedforward.grad_W",),
    "init.pytorch_bound": ("init.uniform_variance",), "init.pytorch_factor": ("init.fan_in_uniform",), "feedforward.grad_h_closed": ("feedforward.grad_a",), "clip.scaled": ("clip.norm",),
    # "insert the adjoints of the variance and of its root"; the mean over random numbers of a gradient; a slope inserted together with the adjoint
    "norm.grad_a_closed": ("norm.grad_v", "norm.grad_r", "norm.grad_m"), "norm.weights_grow": ("norm.grad_a_closed",), "norm.relu_factor": ("norm.grad_a_closed",), "residual.jacobian": ("residual.activation",), "residual.grad_h_closed": ("residual.grad_a",),
    # with B_j for the branch; with numbers in the place of the branches; the Jacobian as a function of the vector
    "residual.expansion": ("residual.jacobian_product",), "residual.path_lengths": ("residual.expansion",), "norm.jacobian_scaled": ("norm.grad_a_closed",),
    # with a bias for the half-life; with one dimension, one step, or an angle in the place of the matrices; the formats' limits under the rounding
    "gate.chrono": ("gate.forget_half_life",), "omega.closed": ("omega.grad_e",), **dict.fromkeys(("omega.step", "omega.direction"), ("omega.closed",)),
    "precision.commutes": ("number.format.largest",), "precision.steps": ("number.underflow", "number.steps_below"),
    "convolution.transfer_bound": ("convolution.toeplitz",),  # "the outputs are then some of those of an endless convolution"
    # random or orthogonal matrices for fixed ones; moments and angles inserted as numbers or letters, and the same argument for another law
    "isometry.orthogonal": ("orthogonal.kept",), "isometry.typical": ("init.linear_log_norm",), "isometry.haar": ("isometry.gaussian",), "isometry.tanh_excess": ("isometry.haar_wide",),
    "shattered.residual": ("residual.doubling", "shattered.plain"), "shattered.decaying": ("shattered.residual",), "shattered.slopes": ("init.relu_slope",), "shattered.angle_map": ("shattered.slopes", "init.relu_second_moment"),
    "shattered.angle_decay": ("shattered.angle_map",), "shattered.he_overlap": ("shattered.plain", "shattered.angle_map"),
    # the gradient or Jacobian of one model, read with the quantities of another, or as a mean over random numbers
    "postnorm.grad_z": ("norm.rms_grad_a",), "postnorm.jacobian": ("postnorm.grad_z",), "prenorm.jacobian": ("prenorm.grad_h",), "postnorm.factor": ("postnorm.jacobian", "postnorm.grad_h_closed"),
    "prenorm.product": ("prenorm.jacobian", "prenorm.grad_h_closed"), "memory.variance": ("diagonal.jacobian_power",),
    # "each row adds up to zero"; two positions in the place of n; what is measured
    "softmax.reach": ("softmax.spread",), "softmax.mean_slope": ("softmax.saturation", "attention.score_square"), "experiment.rank_collapse": ("rank.contraction",),
    # the same series differentiated, or with another scale; the chain rule by a parameter
    **dict.fromkeys(("memory.sensitivity_nu", "memory.sensitivity_only_nu"), ("diagonal.exp.grad_nu",)), "memory.sensitivity": ("memory.variance",), "memory.sensitivity_normalized": ("memory.sensitivity",),
    "memory.phase": ("powers.modulus", "memory.sensitivity"), "memory.teacher_normalized": ("memory.teacher",), "selective.softplus": ("gate.complement",), "xlstm.largest": ("xlstm.step",),
    # with numbers in the place of vectors, and the error of a difference under the minimum
    "clip.micro_batches": ("clip.norm",), "clip.per_layer": ("clip.direction",), "difference.best_step": ("difference.central",), "difference.least_error": ("difference.best_step",), "difference.complex_step": ("difference.central",),
    "monitor.adam_ratio": ("adam.constant",),
}


def test_every_declared_use_leaves_a_trace():
    found = {slug: missing for slug, entry in catalog().items() if (missing := traceless(entry, catalog()))}
    assert found == {slug: slugs for slug, slugs in IN_WORDS.items() if slug in catalog()}, "a derivation declares a result of which no line shows anything: show it in a line, or do not declare it"


def test_the_engine_says_which_equations_it_differentiated():
    assert used()["rnn.linear.grad_h"] == ("rnn.linear.state", "rnn.linear.output")
    assert used()["rnn.linear.grad_o"] == ("rnn.linear.loss",)
    assert used()["rnn.linear.grad_W_qh"] == ("rnn.linear.output",)


def test_a_quotation_is_found_without_being_declared():
    entry = catalog()["products.vanishing"]
    silent = replace(entry, steps=tuple(replace(step, uses=()) for step in entry.steps))
    assert uses(silent, catalog()) == ("products.bound",)


def test_an_instance_with_other_indices_is_a_quotation():
    known = catalog()
    base, state = known["rnn.linear.grad_x"], known["rnn.linear.state"].statement.left
    line = Statement(Grad(state.at(k + 2)), "=", substitute(known["rnn.linear.grad_h"].statement.right, {t: k + 2}))
    assert "rnn.linear.grad_h" in uses(replace(base, steps=(Step(line, WHY),)), known)
    wrong = replace(line, left=Grad(state.at(k + 1)))
    assert "rnn.linear.grad_h" not in uses(replace(base, steps=(Step(wrong, WHY),)), known)


def test_a_declaration_without_a_trace_is_found():
    known = catalog()
    entry = replace(known["rnn.linear.grad_x"], uses=("rnn.tanh.softmax_jacobian", "rnn.linear.state"))
    assert traceless(entry, known) == ("rnn.tanh.softmax_jacobian",)


def test_no_result_uses_itself_through_others():
    def reached(slug):
        seen, waiting = set(), list(used()[slug])
        while waiting:
            if (one := waiting.pop()) not in seen:
                seen.add(one)
                waiting += used()[one]
        return seen

    assert [slug for slug in used() if slug in reached(slug)] == []


# ---- what was removed ----

GONE = Tombstone("V110", "rnn.linear.grad_old", Text("it said the same as another", "与另一结果相同"), "rnn.linear.grad_h")


@pytest.mark.parametrize("stone", [GONE, replace(GONE, id="V000", slug="rnn.linear.grad_W_hh")])
def test_the_name_of_a_removed_result_is_not_given_again(stone):
    with pytest.raises(ValueError, match="never given again.*it said the same as another.*Read 'rnn.linear.grad_h' instead"):
        collected(catalog().values(), (stone,))


def test_a_successor_must_exist():
    with pytest.raises(ValueError, match="successor"):
        collected(catalog().values(), (replace(GONE, id="V000", successor="nowhere"),))


def test_showing_a_removed_result_says_so(monkeypatch):
    from derivations.__main__ import main

    monkeypatch.setattr(tombstones, "TOMBSTONES", (replace(GONE, id="V000"),))
    for name in ("V000", "rnn.linear.grad_old"):
        with pytest.raises(SystemExit, match="was removed: it said the same as another"):
            main(["show", name])
