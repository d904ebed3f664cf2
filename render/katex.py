"""LaTeX to HTML with MathML inside, while building: KaTeX runs in this process, so pages need no script to show a formula."""

import functools
import hashlib
import json
import os
import re

from render.paths import KATEX, KATEX_CACHE
from render.problems import RenderError

SCRIPT = KATEX / "katex.min.js"
_OPTIONS = {"throwOnError": True, "strict": "error", "trust": False, "maxExpand": 500}


class TeXError(RenderError):
    """KaTeX refused a formula; the text is KaTeX's own sentence, without its call stack."""


@functools.cache
def _script_hash() -> str:
    if not SCRIPT.exists():
        raise RenderError(
            "node_modules/katex is missing, and formulas are rendered with it: run `npm ci` (or `make`, which does it)."
        )
    return hashlib.sha256(SCRIPT.read_bytes()).hexdigest()


@functools.cache
def _engine():
    # Started only when a formula is not in the cache: an engine costs 0.2 s, and a rebuild usually needs none.
    from py_mini_racer import MiniRacer

    engine = MiniRacer()
    engine.eval(SCRIPT.read_text(encoding="utf-8"))
    return engine


@functools.cache
def render(latex: str, display: bool = False, output: str = "htmlAndMathml") -> str:
    """HTML of one formula; `output` is KaTeX's option: "htmlAndMathml", "html" or "mathml".

    Raises TeXError where KaTeX cannot read it, RenderError where KaTeX is not installed.
    """
    options = {**_OPTIONS, "displayMode": display, "output": output}
    key = hashlib.sha256(json.dumps([_script_hash(), options, latex]).encode()).hexdigest()
    cached = KATEX_CACHE / key[:2] / f"{key[2:]}.html"
    if cached.exists():
        return cached.read_text(encoding="utf-8")
    html = _run(latex, options)
    cached.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed, so that two builds at once never read half a formula.
    half = cached.with_suffix(f".{os.getpid()}")
    half.write_text(html, encoding="utf-8")
    half.replace(cached)
    return html


def _run(latex: str, options: dict) -> str:
    from py_mini_racer import JSEvalException

    try:
        # The engine's own value, not Python's: `call` would need a function defined first.
        return _engine().eval(f"katex.renderToString({json.dumps(latex)}, {json.dumps(options)})")
    except JSEvalException as error:
        raise TeXError(_sentence(str(error))) from None


def _sentence(trace: str) -> str:
    # After the message the engine quotes the line of the script that raised it: half a megabyte, since KaTeX is minified.
    found = re.search(r"KaTeX parse error: (.*)", trace)
    text = found[1] if found else trace.splitlines()[0]
    # KaTeX underlines the place with combining characters, which no terminal shows well.
    return text.replace("\u0332", "").strip()
