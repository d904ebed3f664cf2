"""What several tests share: the system's Chromium, a server of the built site, and a summary that hides nothing.

A test that uses `chromium` or `browser_page` is marked `browser`. Without a browser it is skipped and named at the end;
with CI=true it fails, because a gate that skips its browser tests has tested nothing.
"""
import functools
import http.server
import os
import shutil
import threading
from pathlib import Path

import pytest
from hypothesis import settings

SITE = Path(__file__).resolve().parent.parent / "site"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "No Chromium was found. Install one (Debian: apt install chromium; macOS: brew install --cask chromium; "
    "or Google Chrome), or set CHROMIUM to the full path of a Chromium, Chrome or Edge."
)
# Nothing that the browser does by itself may be mistaken for a request of a page.
QUIET_CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")

# The same examples on every run of the gate; no deadline, since a busy machine is not a wrong formula.
settings.register_profile("project", deadline=None, derandomize=IN_CI)
settings.load_profile("project")


def find_chromium() -> str | None:
    """The path of a browser: the one that CHROMIUM names and no other, or else the first on the PATH."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


def pytest_collection_modifyitems(items):
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker("browser")


def pytest_runtest_setup(item):
    if item.get_closest_marker("browser") and find_chromium() is None:
        if IN_CI:
            pytest.fail(NO_BROWSER, pytrace=False)
        pytest.skip(NO_BROWSER)


def pytest_terminal_summary(terminalreporter):
    not_run = [report.nodeid for report in terminalreporter.stats.get("skipped", []) if NO_BROWSER in str(report.longrepr)]
    if not_run:
        terminalreporter.section("tests that did not run")
        terminalreporter.write_line(NO_BROWSER)
        for nodeid in sorted(not_run):
            terminalreporter.write_line("  " + nodeid)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium."""
    return find_chromium()


@pytest.fixture(scope="session")
def browser(chromium):
    """One running Chromium for each worker (a playwright Browser)."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=QUIET_CHROMIUM)
        yield running
        running.close()


@pytest.fixture
def browser_page(browser):
    """A fresh page without cookies or storage, 1280 px wide (a playwright Page)."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="session")
def site_server() -> str:
    """Address of the built site, such as http://127.0.0.1:40211, without a slash at the end. Builds nothing."""
    if not (SITE / "index.html").is_file():
        pytest.fail("site/index.html does not exist. Build the site first: make", pytrace=False)
    handler = functools.partial(QuietHandler, directory=SITE)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
