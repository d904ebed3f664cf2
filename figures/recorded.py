"""What the experiments have left in experiments/data, as columns for a figure."""

import json
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent.parent / "experiments" / "data"


def recorded(name):
    """The record of an experiment."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def spread(name):
    """One row per network and length: the best, the median and the worst run, and how many runs there were."""
    rows = []
    for network, of in recorded(name)["results"].items():
        for length, runs in of.items():
            low, middle, high = np.quantile(runs, (0, 0.5, 1))
            rows.append({"network": network, "length": int(length), "best": low, "median": middle, "worst": high, "runs": len(runs)})
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def runs(name):
    """One row per network, length and seed."""
    record = recorded(name)
    rows = [(network, int(length), seed, number) for network, of in record["results"].items() for length, numbers in of.items() for seed, number in zip(record["settings"]["seeds"], numbers, strict=True)]
    return {key: np.array(column) for key, column in zip(("network", "length", "seed", "error"), zip(*rows), strict=True)}
