"""The verified formulas in NumPy: a figure computes with the very formula that stands in the evidence, in the language of `check`.

Every quantity is a matrix, a vector has the shape (n, 1), and a sequence over time is a dict {time step: matrix}, so the
formulas are used as they stand. A wrong derivation would change the figure; an unverified one is refused.
"""

import json
from functools import cache, reduce
from pathlib import Path

import numpy as np

EVIDENCE = Path(__file__).resolve().parent.parent / "build" / "evidence"
WORDS = {
    "__builtins__": {}, "sum": sum, "range": range, "matrix_power": np.linalg.matrix_power, "phi": np.tanh,
    "diag": lambda vector: np.diag(vector[:, 0]), "prod": lambda factors: reduce(np.matmul, factors),
}  # fmt: skip


def spelling(slug: str) -> str:
    """The right side of a result. Raises ValueError if the result is not there, or not verified."""
    file = EVIDENCE / f"{slug}.json"
    if not file.exists():
        raise ValueError(f"there is no evidence on {slug}: run `python -m derivations verify` first, or mend the name")
    record = json.loads(file.read_text(encoding="utf-8"))
    if record["verdict"] != "PASS":
        raise ValueError(f"{slug} is {record['verdict']}, and only what is verified is plotted: run `python -m derivations verify {slug}`")
    return record["formula"]


@cache
def _compiled(slug: str):
    return compile(spelling(slug), slug, "eval")


def value(slug: str, **names) -> np.ndarray:
    """The right side of a result at the given values of its names: parameters, sequences ({step: matrix}), steps, T."""
    return eval(_compiled(slug), WORDS | names)  # our own text, written by derivations.record


def columns(rows: np.ndarray, first: int = 1) -> dict[int, np.ndarray]:
    """Rows of an array as a sequence of column vectors that begins at step ``first``."""
    return {step: row[:, None] for step, row in enumerate(rows, first)}


def tanh_states(parameters: dict, x: dict, s_0: np.ndarray) -> dict[int, np.ndarray]:
    """States s_0 … s_T of the tanh RNN with ``parameters`` U (n, d), W (n, n), b (n, 1) for the inputs x_1 … x_T."""
    s = {0: s_0}
    for t in sorted(x):
        s[t] = value("rnn.tanh.state", t=t, a={t: value("rnn.tanh.preactivation", t=t, x=x, s=s, **parameters)})
    return s


def tanh_slopes(s: dict) -> dict[int, np.ndarray]:
    """φ′(a_t) = 1 − s_t ⊙ s_t at the steps that have a pre-activation."""
    return {t: value("rnn.tanh.dtanh", t=t, s=s) for t in s if t}
