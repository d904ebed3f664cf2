"""`python -m render`: check the pages, build the site, preview it, note a review."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path

from render.assets import clear
from render.build import build_site
from render.check import check, summary
from render.notebooks import notebook_problems
from render.paths import PROJECT, Paths
from render.problems import RenderError
from render.review import review
from render.serve import serve
from render.site import current


def main(arguments: list[str] | None = None) -> int:
    """Exit code: 0 all is well, 1 the pages have problems, 2 the work could not be done."""
    options = _parser().parse_args(arguments)
    paths = Paths.under(options.root)
    try:
        if options.verb == "check":
            return _check(paths, not options.no_stale)
        if options.verb == "build":
            return _check(paths, not options.no_stale) or _build(paths, options)
        if options.verb == "serve":
            serve(paths, options.host, options.port)
        else:
            for file in options.pages:
                print("\n".join(review(paths, file)))
    except RenderError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m render", description=__doc__)
    parser.add_argument("--root", type=Path, default=PROJECT, help="the directory that holds docs/ and build/ (default: the project)")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, text in (("check", "find every problem of the pages, without building"), ("build", "check, then build site/ in both languages")):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("--no-stale", action="store_true", help="forgive translations that wait for their review")
    verbs.choices["build"].add_argument("--site", type=Path, default=None, help="where to put the site (default: site/ below the root)")
    live = verbs.add_parser("serve", help="live preview of both languages at one address")
    live.add_argument("--host", default="127.0.0.1")
    live.add_argument("--port", type=int, default=8000)
    reviewed = verbs.add_parser("review", help="note that a page and its counterpart have been compared")
    reviewed.add_argument("pages", nargs="+", type=Path, metavar="PATH")
    return parser


def _check(paths: Paths, with_stale: bool) -> int:
    problems, sites = check(paths)
    serious = [problem for problem in problems if with_stale or not problem.stale]
    for problem in problems:
        print(problem if problem in serious else f"note: {problem}", file=sys.stderr)
    print(summary(sites))
    if serious:
        print(f"{len(serious)} problem{'s' * (len(serious) != 1)} in the pages.", file=sys.stderr)
    return 1 if serious else 0


def _build(paths: Paths, options: argparse.Namespace) -> int:
    target, started = options.site or options.root / "site", time.monotonic()
    if problems := sorted(notebook_problems(current(paths, "en"))):  # a page can be checked without running its notebook again, and not published
        print("\n".join(map(str, problems)), file=sys.stderr)
        return 1
    clear()
    build_site(paths, target, os.environ.get("SITE_URL", ""))
    print(f"{target} was built in {time.monotonic() - started:.1f} s.")
    return 0


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # `… | head` ends the output early, which is no error
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
