"""Which results there are, and in which order. Pages show them in their own order; ids and slugs never change."""

from functools import cache

from derivations import activations, jacobian_products, linear_rnn, losses, norms_of_powers, number_formats, one_number, powers, tanh_rnn, transient

TOPICS = (one_number, number_formats, linear_rnn, losses, tanh_rnn, activations, powers, norms_of_powers, transient, jacobian_products)


@cache
def catalog():
    """All entries by slug. Raises ValueError for a repeated id or slug and for a use of an unknown result."""
    found, ids = {}, {}
    for topic in TOPICS:
        for entry in topic.entries():
            for known, key, what in ((found, entry.slug, "slug"), (ids, entry.id, "id")):
                if key in known:
                    raise ValueError(f"{entry.origin[0]}, line {entry.origin[1]}: the {what} {key!r} belongs to {known[key].slug!r} already; take a new one.")
            found[entry.slug] = ids[entry.id] = entry
    for entry in found.values():
        for used in used_by_steps(entry):
            if used not in found:
                raise ValueError(f"{entry.origin[0]}, line {entry.origin[1]}: {entry.slug!r} uses {used!r}, which is not in the catalog.")
    return found


def used_by_steps(entry):
    """Slugs of the results that an entry and its derivation use, each once."""
    return tuple(dict.fromkeys(slug for slug in (*entry.uses, *(s for step in entry.steps for s in step.uses)) if slug != entry.slug))
