"""Published errors that no formula of a model expresses: rejected by a public command, with the counter-example."""

import pytest

from derivations.__main__ import main


def test_p04_eigenvalues_below_and_above_one_is_rejected_by_both_counter_examples(capsys):
    """The modulus decides, not the eigenvalue (lambda = -2), and only in the long run ([[.5, 10], [0, .5]] has radius .5 and norm 10)."""
    assert main(["mutants", "P04"]) == 0
    said = capsys.readouterr().out.splitlines()
    verdicts = [line.split()[0] for line in said if line.startswith("  ")]
    assert verdicts == ["right", "killed", "P04"] * 2
    assert said[0].startswith("powers.modulus: The modulus of an eigenvalue decides, not the eigenvalue · ") and said[2].endswith("at lambda = -2, k = 1")
    assert said[4].startswith("powers.radius_bound") and said[6].endswith("at [[0.5, 10], [0, 0.5]], k = 3")


@pytest.mark.parametrize("ids, part", [(["P99"], "No mutant carries the published error P99"), (["P04", "powers.modulus"], "not together"), (["P4"], "There is no result 'P4'")])
def test_unknown_numbers_are_refused_with_a_sentence(ids, part):
    with pytest.raises(SystemExit, match=part):
        main(["mutants", *ids])
