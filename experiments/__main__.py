"""Re-run the experiments and keep their results: python -m experiments [NAME ...] [--jobs N]

Each writes experiments/data/NAME.json: settings (seeds included), results, versions, the hash of the code and the seconds
it took. Figures and pages read these files; nobody else writes them.
"""

import argparse
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
TRAINED = ("adding", "copying", "copying_longer")


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

    began, settings = time.monotonic(), importlib.import_module(f"experiments.{name}").SETTINGS
    cases = [(name, network, length, settings) for length in sorted(settings["lengths"], reverse=True) for network in settings["networks"]]
    results = {network: {} for network in settings["networks"]}
    with ProcessPoolExecutor(jobs) as pool:
        for (_, network, length, _), found in zip(cases, pool.map(trained, cases)):
            results[network][str(length)] = [round(number, 6) for number in found]
    ordered = {network: {str(length): of[str(length)] for length in settings["lengths"]} for network, of in results.items()}
    return {"experiment": name, "settings": settings, "results": ordered, "versions": {"python": platform.python_version(), "numpy": numpy.__version__},
            "code": code_hash(), "date": date.today().isoformat(), "seconds": round(time.monotonic() - began, 1)}


def trained(case):
    """One network at one length, in a process of its own."""
    name, network, length, settings = case
    return importlib.import_module(f"experiments.{name}").train(network, length, settings)


def code_hash():
    """SHA-256 over the modules of this folder."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
