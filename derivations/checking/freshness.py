"""Is the evidence about the code that stands here now?

The evidence of a result depends on the modules that its topic imports (its suite's checkers among them), directly or
through others, on the modules of the topics whose results it uses, on what runs every verification, and on the versions of
Python and of the libraries. The import graph is read from the source with ``ast``; nothing is imported for it. A module
that reads files names them, or their folder, in a constant ``READS = ("experiments/data",)``; they count like modules.
"""

import ast
import hashlib
import os
import platform
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LIBRARIES = ("sympy", "mpmath", "numpy", "autograd", "python-flint")
EVERY_RUN = ("derivations.checking.verify", "derivations.record")
# Beside these: which results there are, and what they are called in Chinese. They decide what is shown, not what is true.
CATALOG = ("derivations.catalog", "derivations.checking.names")


def entry_hash(topics, root=ROOT):
    """SHA-256 of all that the evidence of a result depends on, given the modules of its topic and of the topics it uses."""
    return _hash(closure((*topics, *EVERY_RUN), root), root)


def code_hash(root=ROOT):
    """SHA-256 of all that any evidence depends on: where it is unchanged, there is nothing to verify and nothing to rename."""
    return _hash(closure((*CATALOG, *EVERY_RUN), root), root)


def closure(modules, root=ROOT):
    """The project's files that the modules import, directly or through others, themselves included, in order."""
    found, seen, waiting = set(), set(), [file for module in modules for file in _files(module, root)]
    if not waiting:
        raise ValueError(f"There is no module {' or '.join(modules)} in {root.name}/: the evidence names it, so verify again.")
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            imported, read = _needs(file, *_mark(file))
            waiting += [other for name in imported if name not in seen for other in _files(name, root)]
            seen.update(imported)
            found |= {data for place in read for data in _data(root / place, file)}
    return tuple(sorted(found))


def versions():
    """The versions that evidence depends on; a library that is not installed is left out."""
    found = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            continue
    return found


def _hash(files, root):
    digest = hashlib.sha256(repr(sorted(versions().items())).encode())
    for file in files:
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + _content(file, *_mark(file)))
    return digest.hexdigest()


@lru_cache(maxsize=None)
def _content(file, changed, size):
    return hashlib.sha256(file.read_bytes()).digest()


def _files(name, root):
    """The files behind a dotted name: the packages on the way, and the module itself where there is one."""
    parts = name.split(".")
    if parts[0] != "derivations":
        return []
    folders = [os.path.join(root, *parts[:count]) for count in range(1, len(parts) + 1)]  # strings: asked thousands of times
    return [Path(file) for folder in folders for file in (os.path.join(folder, "__init__.py"), f"{folder}.py") if os.path.isfile(file)]


def _mark(file):
    """What changes when a file does, so that a file is parsed once."""
    status = file.stat()
    return status.st_mtime_ns, status.st_size


def _data(place, reader):
    """The file, or every file in the folder, that a module reads."""
    if not place.exists():
        raise ValueError(f"{reader.name} names {place.name!r} in READS, which does not exist: write the path from the project's root.")
    return sorted(file for file in place.rglob("*") if file.is_file()) if place.is_dir() else [place]


@lru_cache(maxsize=None)
def _needs(file, changed, size):
    """(dotted names, paths): all that a file imports, inside functions too (a name from a package may be a module of it), and reads."""
    return _named(file.name, file.read_bytes())


@lru_cache(maxsize=None)
def _named(name, source):
    """The same of a source, wherever it lies: a copy need not be parsed again."""
    imported, read, reads_at = [], (), None
    for node in ast.walk(ast.parse(source, name)):
        if isinstance(node, ast.Import):
            imported += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                raise ValueError(f"{name}, line {node.lineno}: a relative import, which the record of dependencies does not follow; write derivations.… in full.")
            imported += [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "READS" for target in node.targets):
            read = ast.literal_eval(node.value)
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in ("import_module", "__import__"):
                raise ValueError(f"{name}, line {node.lineno}: a module named while running, which the record of dependencies cannot follow; write a plain import.")
            if called in ("open", "read_text", "read_bytes", "loadtxt", "genfromtxt"):
                reads_at = node.lineno
    if reads_at and not read:
        raise ValueError(f'{name}, line {reads_at}: a file is read that the record of dependencies does not know; name it at the top of the module: READS = ("folder/file",).')
    return tuple(imported), tuple(read)
