"""Run the code of a notebook in a kernel of its own, outside the project's folder, and keep what it printed.

nbclient, nbformat and ipykernel come with mkdocs-jupyter. What a cell printed is kept under a hash of the code and of all
that it depends on; the same code serves both languages, so it runs once.
"""

import hashlib
import importlib
import json
import os
import re
import tempfile
from pathlib import Path

from derivations.checking.freshness import closure, versions
from figures.__main__ import source_hash
from notebooks.chapter import Cell
from render.paths import PROJECT

TIMEOUT = 120  # seconds for one cell
SOURCES = Path(__file__).resolve().parent


class Failed(Exception):
    """A cell raised or warned; the message says which notebook, which cell, and what."""


def key(cells: list[Cell], sources: dict[str, str]) -> str:
    """What the outputs depend on: the code, the evidence of the results, what the code imports, the figures that it draws."""
    digest = hashlib.sha256(repr((code(cells), sorted(sources.items()), sorted(versions().items()))).encode())
    for file in (SOURCES / "lab.py", SOURCES / "run.py", *closure(("derivations.formula.points", "derivations.checking.doubles", "derivations.models"))):
        digest.update(file.read_bytes())
    for text in code(cells):
        if drawn := re.fullmatch(r'figure\("(\w+)"\)', text):
            digest.update(source_hash(drawn[1], getattr(importlib.import_module(f"figures.{drawn[1]}"), "RESULTS", ())).encode())
        elif "picture(" in text:
            digest.update(source_hash("", ()).encode())
    return digest.hexdigest()


def code(cells: list[Cell]) -> list[str]:
    return [cell.text for cell in cells if cell.kind == "code"]


def outputs(name: str, sources: list[str]) -> list[list[dict]]:
    """The outputs of each code cell, in order. Raises Failed where a cell raises, warns, or does not end."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    with tempfile.TemporaryDirectory() as folder:
        # The kernel sees this project first, and nothing of the person who builds: no profile, no history.
        env = {**os.environ, "PYTHONPATH": str(PROJECT), "IPYTHONDIR": folder, "MPLBACKEND": "agg", "PYTHONHASHSEED": "0"}
        # Sockets in files instead of a network, where there are such; the file's name must be short.
        config = Config({} if os.name == "nt" else {"ConnectionFileMixin": {"transport": "ipc", "connection_file": os.path.join(folder, "k.json")}})
        client = NotebookClient(
            nbformat.v4.new_notebook(cells=cells), config=config, kernel_name="python3", timeout=TIMEOUT, allow_errors=False, record_timing=False, coalesce_streams=True, resources={"metadata": {"path": folder}}
        )
        try:
            client.execute(env=env)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            raise Failed(_sentence(name, cells, error)) from None
    for number, cell in enumerate(cells, 1):
        if warned := "".join(output["text"] for output in cell.outputs if output.get("name") == "stderr"):
            raise Failed(f"The notebook “{name}” was not written: its code cell {number} warns “{warned.strip().splitlines()[-1]}”.\n{cell.source}")
    return [[_plain(output) for output in cell.outputs] for cell in cells]


def _sentence(name: str, cells: list, error: Exception) -> str:
    number = next((number for number, cell in enumerate(cells, 1) if any(output["output_type"] == "error" for output in cell.outputs)), 0)
    if not number:
        number = next((number for number, cell in enumerate(cells, 1) if cell.execution_count is None), len(cells))
    what = f"{error.ename}: {error.evalue}" if hasattr(error, "ename") else str(error).strip().splitlines()[0]
    return f"The notebook “{name}” was not written: its code cell {number} stops with {what}\n{cells[number - 1].source}"


def _plain(output: dict) -> dict:
    """An output as JSON, without what says when and where it was made."""
    kept = json.loads(json.dumps(output))
    kept.pop("execution_count", None)
    if "image/svg+xml" in kept.get("data", {}):
        kept["data"].pop("text/plain", None)
    if kept["output_type"] == "execute_result":
        kept["output_type"] = "display_data"
    if "text" in kept:
        kept["text"] = re.sub(r" at 0x[0-9a-f]+", "", kept["text"])
    return kept
