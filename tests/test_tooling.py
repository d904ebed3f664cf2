"""The two commands, the lock files, the gate and the workflow keep their promises."""
import ast
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-npm.lock")
WORKFLOW = ROOT / ".github" / "workflows" / "site.yml"


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture
def do():
    """tools/do.py as a fresh module."""
    spec = importlib.util.spec_from_file_location("do", ROOT / "tools" / "do.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def locked_packages(name):
    """{package: list of hashes} of a lock file."""
    entries = re.split(r"(?m)^(?=[a-z])", read(name))[1:]
    return {re.match(r"[a-z0-9-]+(?===[0-9])", entry)[0]: re.findall(r"--hash=sha256:[0-9a-f]{64}", entry) for entry in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_one_version_and_hashes(name):
    for package, hashes in locked_packages(name).items():
        assert hashes, f"{name}: {package} has no hash. Run make lock."


def test_every_declared_dependency_is_locked():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    declared = project["dependencies"] + sum(project["optional-dependencies"].values(), [])
    names = {re.match(r"[a-z0-9-]+", line)[0] for line in declared}
    missing = names - set(locked_packages("requirements.lock"))
    assert not missing, f"requirements.lock lacks {sorted(missing)}, which pyproject.toml names. Run make lock."


def test_npm_lock_has_hashes_and_no_addresses():
    packages = json.loads(read("package-lock.json"))["packages"]
    wanted = json.loads(read("package.json"))["dependencies"]
    assert packages[""]["dependencies"] == wanted, "package-lock.json is older than package.json. Run make lock."
    for path, package in packages.items():
        assert "resolved" not in package, f"package-lock.json: {path} has an address. Run make lock, which leaves it out."
        assert path == "" or package["integrity"].startswith("sha512-")
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version, f"package.json: {name} is not an exact version."


def test_no_file_names_a_registry_or_a_path_of_one_machine():
    # In pieces, so that this file does not find itself.
    foreign = re.compile("|".join(["pypi" r"\.org", "python" "hosted", "registry" r"\.npm", "(extra-)?index" "-url [^-]", "/ro" "ot/", "/ho" "me/", "/tmp" "/w/"]))
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = []
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            text = (ROOT / name).read_text(encoding="utf-8", errors="ignore")
            found += [f"{name}:{n}: {line.strip()[:80]}" for n, line in enumerate(text.splitlines(), 1) if foreign.search(line)]
    assert not found, "Lines with a registry or a local path; write them without:\n" + "\n".join(found)


def test_do_parses_on_old_python_and_refuses_it_with_a_sentence(do, monkeypatch):
    ast.parse(read("tools/do.py"), feature_version=(3, 6))
    monkeypatch.setattr(do.sys, "version_info", (3, 10, 4))
    with pytest.raises(do.Stopped, match="needs Python 3.11 or newer"):
        do.main(["site"])


def test_unknown_step_is_answered_with_the_known_ones(do):
    with pytest.raises(do.Stopped, match="no step called 'sight'; there are site, test, serve"):
        do.main(["sight"])


def test_a_failed_step_leaves_no_stamp_and_a_done_one_is_not_repeated(do, tmp_path):
    stamp, calls = tmp_path / "stamp", []

    def fail():
        raise do.Stopped("no")

    do.once("works", stamp, "key 1", lambda: calls.append(1))
    do.once("works", stamp, "key 1", lambda: calls.append(2))
    assert calls == [1]
    with pytest.raises(do.Stopped):
        do.once("fails", stamp, "key 2", fail)
    assert not stamp.exists()


def test_setuptools_is_taken_from_the_lock_with_its_hashes(do):
    lines = do.locked("setuptools").splitlines()
    assert lines[0].startswith("setuptools==")
    assert sum("--hash=sha256:" in line for line in lines) == 2
    assert all(line.startswith(" ") for line in lines[1:])


def test_makefile_and_do_have_the_same_steps(do):
    rule = re.search(r"(?m)^([a-z ]+):\n\t@\$\(PYTHON\) tools/do.py", read("Makefile"))
    assert set(rule[1].split()) == set(do.NEED_SETUP) | set(do.BARE)


def run_browser_test(folder, **environment):
    """Run a project whose tests are one plain test and one that needs a browser, where there is none."""
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    (folder / "tests" / "test_it.py").write_text("def test_plain(): pass\ndef test_in_browser(browser_page): pass\n")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = browser\n")
    inherited = {name: value for name, value in os.environ.items() if name != "CI" and not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    environment = {**inherited, "CHROMIUM": str(folder / "no-such-browser"), **environment}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_without_a_browser_the_tests_that_did_not_run_are_named(tmp_path):
    run = run_browser_test(tmp_path)
    assert run.returncode == 0
    assert "set CHROMIUM to the full path" in run.stdout
    assert re.search(r"(?m)^  tests/test_it.py::test_in_browser$", run.stdout)
    assert "1 passed, 1 skipped" in run.stdout.splitlines()[-1]


def test_without_a_browser_the_gate_fails(tmp_path):
    run = run_browser_test(tmp_path, CI="true")
    assert run.returncode == 1
    assert "No Chromium was found" in run.stdout
    assert "1 passed, 1 error" in run.stdout.splitlines()[-1]


def test_the_browser_opens_the_built_site(browser_page, site_server):
    assert browser_page.goto(site_server + "/").ok


def test_actions_are_pinned_by_commit():
    uses = re.findall(r"uses: (.*)", WORKFLOW.read_text(encoding="utf-8"))
    assert uses
    for line in uses:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), f"site.yml: {line} is not pinned by its commit."


def test_nothing_is_deployed_that_did_not_pass_the_gate():
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    jobs = workflow["jobs"]
    assert workflow["permissions"] == {"contents": "read"}
    assert {"run": ".ci/run"} in jobs["gate"]["steps"]
    assert jobs["build"]["needs"] == "gate" and "refs/heads/main" in jobs["build"]["if"]
    assert jobs["deploy"]["needs"] == "build" and "if" not in jobs["deploy"]
    assert not any(step.get("continue-on-error") for job in jobs.values() for step in job["steps"])
