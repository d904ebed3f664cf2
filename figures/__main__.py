"""`python -m figures [NAME …]`: write build/figures/NAME.svg and NAME.csv for the named figures, or for all of them."""

import difflib
import hashlib
import importlib
import io
import os
import signal
import sys
import traceback
from pathlib import Path

import matplotlib.style
import numpy
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from figures import NAMES, derived, style, svg

SOURCES = Path(__file__).resolve().parent
TARGET = SOURCES.parent / "build" / "figures"
RECORDED = SOURCES.parent / "experiments" / "data"


def main(names: list[str]) -> int:
    """Draw what changed; 0 if every figure is there, 1 if one could not be drawn, 2 if a name is unknown."""
    unknown = [name for name in names if name not in NAMES]
    for name in unknown:
        close = difflib.get_close_matches(name, NAMES, cutoff=0.4)
        print(f"There is no figure “{name}”. " + (f"Did you mean {' or '.join(close)}?" if close else f"There are: {', '.join(NAMES)}."), file=sys.stderr)
    if unknown:
        return 2
    TARGET.mkdir(parents=True, exist_ok=True)
    return max([_bring_up_to_date(name) for name in names or NAMES])


def _bring_up_to_date(name: str) -> int:
    drawn, table = TARGET / f"{name}.svg", TARGET / f"{name}.csv"
    try:
        module = importlib.import_module(f"figures.{name}")
        source = source_hash(name, getattr(module, "RESULTS", ()))
        # The table is written last and says what it was made from, so it vouches for the drawing too.
        if drawn.exists() and table.exists() and f"source {source}" in table.open(encoding="utf-8").readline():
            print(f"{name}: unchanged")
            return 0
        columns = module.data()
        provenance = f"figures/{name}.py, {_seed(module)}, source {source}"
        texts = {drawn: picture(name, module.draw, columns), table: csv(columns, provenance)}
    except Exception as error:
        print(_sentence(name, error), file=sys.stderr)
        return 1
    for file, text in texts.items():
        unfinished = file.with_suffix(f"{file.suffix}.{os.getpid()}")
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(file)
    print(f"{name}: {len(texts[drawn].encode()) / 1000:.0f} kB, {len(next(iter(columns.values())))} rows")
    return 0


def source_hash(name: str, results=()) -> str:
    """What the figure depends on: its module, those that are no figures, the formulas and the data of the experiments that it draws, the libraries that compute and draw."""
    files = [file for file in sorted(SOURCES.glob("*.py")) if file.stem == name or file.stem not in NAMES] + sorted(RECORDED.glob("*.json"))
    digest = hashlib.sha256(f"{matplotlib.__version__} {numpy.__version__}".encode())
    for file in files:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    for slug in results:
        digest.update(f"{slug} {derived.spelling(slug)}\0".encode())
    return digest.hexdigest()[:16]


def picture(name: str, draw, columns: dict) -> str:
    """The SVG element that `draw` makes of `columns`, the same bytes on every run."""
    with matplotlib.style.context(["default", style.RC | {"svg.hashsalt": name}]):
        fig = Figure(figsize=style.WIDE)
        FigureCanvasSVG(fig)
        draw(fig, columns)
        buffer = io.StringIO()
        fig.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    return svg.inline(buffer.getvalue(), name)


def csv(columns: dict, provenance: str) -> str:
    """Columns of equal length (else ValueError) as CSV with twelve digits, headed by a comment that says where they are from."""
    lengths = {key: len(column) for key, column in columns.items()}
    if len(set(lengths.values())) != 1:
        raise ValueError(f"data() returned columns of different lengths, {lengths}: give every row a value in every column.")
    rows = zip(*columns.values(), strict=True)
    lines = [f"# {provenance}", ",".join(columns), *(",".join(map(_cell, row)) for row in rows)]
    return "\n".join(lines) + "\n"


def _cell(value) -> str:
    # Twelve digits: the last ones of a double differ between processors.
    return format(value, ".12g") if isinstance(value, float | numpy.floating) else str(value)


def _seed(module) -> str:
    return f"seed {module.SEED}" if hasattr(module, "SEED") else "nothing random"


def _sentence(name: str, error: Exception) -> str:
    """Which figure, where and what: the deepest line of the figure's own module, or else of whatever raised."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).name == f"{name}.py"] or frames
    file, line = (error.filename, error.lineno) if isinstance(error, SyntaxError) else (own[-1].filename, own[-1].lineno)
    file = Path(file or SOURCES)
    shown = file.relative_to(SOURCES.parent).as_posix() if file.is_relative_to(SOURCES.parent) else file
    return f"{shown}:{line}: The figure “{name}” could not be drawn, and nothing was written for it: {type(error).__name__}: {error}"


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # `… | head` ends the output early, which is no error
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main(sys.argv[1:]))
