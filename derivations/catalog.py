"""Which results there are, in which order, and which uses which. Pages show them in their own order; ids and slugs never change."""

from functools import cache

from derivations import (activation_scales, activations, attention, claimed, cliff, clipping, contrast, convolution, convolution_grid, convolution_norm,
                         critical, dense, digits, experiments, faults, feedforward, gates, gradient_checks, gru, highway, initialization, isometry,
                         jacobian_products, linear_recurrences, linear_rnn, losses, low_precision, lstm, meanfield, memory, monitors, normalization,
                         normalization_depth, normalization_invariance, norms_of_powers, number_formats, one_number, optimizer_limits, optimizers, orthogonal,
                         path_counts, path_lengths, peephole, powers, rank_collapse, regularizer, residual, scans, shattered, shorter_paths, softmax, tanh_rnn,
                         tombstones, training_step, transformer_blocks, transformer_depth, transient, truncation, uses, weight_norm)
from derivations.text import IllFormed

TOPICS = (one_number, number_formats, linear_rnn, losses, tanh_rnn, activations, powers, norms_of_powers, transient, jacobian_products, feedforward,
          initialization, meanfield, critical, isometry, activation_scales, normalization, weight_norm, normalization_invariance, normalization_depth, residual,
          shattered, highway, dense, path_counts, transformer_blocks, transformer_depth, convolution, convolution_grid, convolution_norm, softmax, attention,
          rank_collapse, lstm, gates, peephole, gru, orthogonal, linear_recurrences, memory, scans, regularizer, truncation, cliff, clipping, low_precision,
          training_step, gradient_checks, shorter_paths, path_lengths, optimizers, optimizer_limits, contrast, experiments, digits, monitors, faults, claimed)


@cache
def catalog():
    """All entries by slug. Raises ValueError for an id or slug that is taken or was, and for a use of an unknown result."""
    return collected([entry for _, entry in _published()], tombstones.TOMBSTONES)


def collected(entries, removed=()):
    """Entries by slug; see ``catalog``."""
    found, ids = {}, {}
    for entry in entries:
        where = f"{entry.origin[0]}, line {entry.origin[1]}"
        for known, key, what in ((found, entry.slug, "slug"), (ids, entry.id, "id")):
            if key in known:
                raise IllFormed(f"{where}: the {what} {key!r} belongs to {known[key].slug!r} already; take a new one.")
            if stone := tombstones.buried(key, removed):
                raise IllFormed(f"{where}: the {what} {key!r} is never given again. {stone.sentence} Take a new {what}.")
        found[entry.slug] = ids[entry.id] = entry
    for entry in found.values():
        for used in (*entry.uses, *(slug for step in entry.steps for slug in step.uses)):
            if used not in found:
                stone = tombstones.buried(used, removed)
                raise IllFormed(f"{entry.origin[0]}, line {entry.origin[1]}: {entry.slug!r} uses {used!r}, which is not in the catalog." + (f" {stone.sentence}" if stone else ""))
    for stone in removed:
        if stone.successor is not None and stone.successor not in found:
            raise IllFormed(f"derivations/tombstones.py: {stone.slug!r} names {stone.successor!r} as its successor, which is not in the catalog.")
    return found


@cache
def _published():
    """(module name of the topic, entry) in the order of the topics."""
    return tuple((topic.__name__, entry) for topic in TOPICS for entry in topic.entries())


@cache
def used():
    """{slug: slugs of the results that it uses}, read off the derivations."""
    known = catalog()
    return {slug: uses.uses(entry, known) for slug, entry in known.items()}


@cache
def stands_on():
    """{slug: the modules of its topic and of the topics of all results that it uses, directly or through others}."""
    topic, found = {entry.slug: name for name, entry in _published()}, {}
    for slug in catalog():
        reached, waiting = set(), [slug]
        while waiting:
            one = waiting.pop()
            if one not in reached:
                reached.add(one)
                waiting += used()[one]
        found[slug] = tuple(sorted({topic[one] for one in reached}))
    return found
