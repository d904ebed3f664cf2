"""Re-run the experiments and keep their results: python -m experiments [NAME ...] [--jobs N]

Each writes experiments/data/NAME.json: settings (seeds included), results, versions, the hash of the code and the seconds
it took. Figures and pages read these files; nobody else writes them. Those on digits need scikit-learn, which brings the
images along; it is the optional dependency ``experiments`` of the project.
"""

import argparse
import ast
import hashlib
import importlib
import json
import os
import platform
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy: small matrices, one process per core

FOLDER = Path(__file__).parent
TRAINED = (
    "adding", "copying", "copying_longer", "sequential_digits", "plain_or_residual", "digits_gradients", "frozen_layers", "dead_units",
    "batch_normalization", "activation_training", "activation_cost", "plateau_curvature", "transformer_depth", "rank_collapse", "dead_relu",
    "saturated_sigmoid", "wrong_initialization", "exploding_rnn", "vanished_lags", "float16_underflow",
)


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m experiments", description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(TRAINED)} (all of them if none is named)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes (default: one per core)")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in TRAINED]
    if unknown:
        parser.error(f"There is no experiment {unknown[0]!r}; there are {', '.join(TRAINED)}.")
    for name in options.names or TRAINED:
        record = carried_out(name, options.jobs)
        path = FOLDER / "data" / f"{name}.json"
        path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
        print(f"{name}: {record['seconds']} s, {path.relative_to(FOLDER.parent)}", flush=True)
    return 0


def carried_out(name, jobs):
    """The record of one experiment: every network at every length, the longest ones first."""
    import numpy

    began, module = time.monotonic(), importlib.import_module(f"experiments.{name}")
    settings, found = module.SETTINGS, {}
    cases = [(name, network, length, settings) for length in sorted(settings["lengths"], reverse=True) for network in settings["networks"]]
    with ProcessPoolExecutor(jobs) as pool:
        for (_, network, length, _), kept in zip(cases, pool.map(trained, cases)):
            for measure, numbers in (kept if isinstance(kept, dict) else {"results": kept}).items():
                found.setdefault(measure, {})[network, length] = [float(f"{number:.6g}") for number in numbers]
    measured = {measure: {network: {str(length): of[network, length] for length in settings["lengths"]} for network in settings["networks"]} for measure, of in found.items()}
    source = {"data": module.provenance()} if hasattr(module, "provenance") else {}
    return {"experiment": name, "settings": settings, **source, **measured, "versions": {"python": platform.python_version(), "numpy": numpy.__version__},
            "code": code_hash(name), "date": date.today().isoformat(), "seconds": round(time.monotonic() - began, 1)}


def trained(case):
    """One network at one length, in a process of its own."""
    name, network, length, settings = case
    return importlib.import_module(f"experiments.{name}").train(network, length, settings)


def code_hash(name):
    """SHA-256 over the experiment's module, those of this folder that it imports, and the programs of its recurrent networks."""
    imported, digest = modules(f"experiments.{name}"), hashlib.sha256()
    for module in sorted(imported):
        digest.update(module.encode() + _file(module).read_bytes())
    if "experiments.recurrent" in imported:
        from derivations.algebra.program import program
        from derivations.models import MODELS

        for model, phi, *_ in importlib.import_module(f"experiments.{name}").SETTINGS["networks"].values():
            digest.update(program(MODELS[model], phi).encode())
    return digest.hexdigest()[:16]


def modules(name):
    """The module and those of this folder that it imports, directly or through others."""
    found, waiting = set(), [name]
    while waiting:
        module = waiting.pop()
        if module not in found:
            found.add(module)
            waiting += [node.module for node in ast.walk(ast.parse(_file(module).read_bytes())) if isinstance(node, ast.ImportFrom) and node.module.startswith("experiments.")]
    return found


def _file(module):
    return FOLDER / f"{module.removeprefix('experiments.')}.py"


if __name__ == "__main__":
    sys.exit(main())
