"""The evidence of one result: what each check did and found, and which wrong versions it rejected."""

from html import escape

from render.html import table
from render.kinds import VERDICTS
from render.words import WORDS


def checks_list(record: dict, lang: str) -> str:
    """An item per check: its name and verdict, what it does, where it was tried, and what it measured."""
    items = "".join(_check(check, lang) for check in record["checks"])
    return f'<ul class="checks">{items}</ul>' if items else ""


def _check(check: dict, lang: str) -> str:
    words, verdict = WORDS[lang], check["verdict"]
    exact = check["worst"] in ("0", "0.0")
    facts = {
        words["tried"]: escape(tried(check["samples"], lang)),
        words["closest" if isinstance(check["worst"], dict) else "worst"]: words["exactly"] if exact else _measured(check["worst"], lang) + (f" ({_said(check['where'], lang)})" if check["where"] else ""),
        words["order"]: _measured(check["order"], lang),
        words["found"]: _said(check["detail"], lang),
    }
    rows = "".join(f"<div><dt>{label}</dt><dd>{value}</dd></div>" for label, value in facts.items() if value)
    did = f'<div class="check__did">{_said(check["did"], lang)}</div>' if check.get("did") else ""
    return (
        f'<li class="check"><div class="check__name"><span class="verdict verdict--{verdict.lower()}">{VERDICTS[lang][verdict]}</span> '
        f'{_said(check["name"], lang)} <span class="check__time">{check["seconds"]:.2f} {words["seconds"]}</span></div>{did}<dl class="check__facts">{rows}</dl></li>'
    )


def mutants_table(record: dict, lang: str) -> str:
    """A row per wrong version that was tried on purpose: what it says, which check rejected it, and where; folded."""
    words, mutants = WORDS[lang], record["mutants"]
    if not mutants:
        return ""
    # One that equals the truth is no wrong version; it stays in the table, with its proof.
    wrong = [mutant for mutant in mutants if mutant["verdict"] != "equivalent"]
    killed = sum(mutant["verdict"] == "killed" for mutant in wrong)
    rows = [_mutant(mutant, lang) for mutant in mutants]
    summary = words["killed"].format(killed=killed, total=len(wrong))
    head = [words["mutant"], words["killed_by"], words["where"]]
    return f'<details class="mutants"><summary>{summary}</summary><p>{words["why_mutants"]}</p>{table(head, rows, "eq__mutants")}</details>'


def _mutant(mutant: dict, lang: str) -> list[str]:
    text = f"<br><code>{escape(mutant['text'])}</code>" if mutant["text"] else ""
    by = _said(mutant["by"], lang) if mutant["verdict"] == "killed" else _unkilled(mutant, lang)
    return [_said(mutant["name"], lang) + text, by, _said(mutant["where"], lang)]


def _unkilled(mutant: dict, lang: str) -> str:
    why = _said(mutant["proof"], lang)
    return WORDS[lang][mutant["verdict"]] + (f"{WORDS[lang]['colon']}{why}" if why else "")


def tried(samples: list[dict], lang: str) -> str:
    """Which T at which sizes, equal sizes told once: "T = 3, 5, 40 (n = 3, d = 2)"; other points one after another, the first six."""
    steps: dict[str, list[str]] = {}
    for sample in samples:
        if isinstance(sample.get("T"), dict):  # a proof: no point was tried
            steps[WORDS[lang]["all_cases"]] = []
            continue
        sizes = ", ".join(_plain(name, value, lang) for name, value in _sizes(sample).items())
        known = steps.setdefault(sizes, [])
        length = _text(sample.get("T"), lang)
        if length and length not in known:
            known.append(length)
    shown = [" ".join(part for part in (f"T = {', '.join(t)}" if t else "", f"({sizes})" if sizes and t else sizes) if part) for sizes, t in steps.items()]
    shown = [text for text in shown if text]
    return WORDS[lang]["semicolon"].join(shown[:6] + [WORDS[lang]["and_more"]] * (len(shown) > 6))


def _plain(name: str, value, lang: str) -> str:
    """A point named by its text needs no name of its own."""
    return _text(value, lang) if name in ("point", "case", "matrix", "half", "end") else f"{WORDS[lang].get('sample_' + name, name)} = {_text(value, lang)}"


def _sizes(sample: dict) -> dict:
    """Sizes, and what else says where a sample was taken; time steps other than T, and "all sizes", are left out."""
    sizes = sample.get("sizes", {})
    rest = {name: value for name, value in sample.items() if name not in ("T", "sizes", "t", "k", "i", "j")}
    return {**(sizes if isinstance(sizes, dict) and "en" not in sizes else {}), **rest}


def _text(value, lang: str) -> str:
    return "" if value is None else value[lang] or value["en"] if isinstance(value, dict) else str(value)


def _said(text: dict | str | None, lang: str) -> str:
    """A text of the evidence in the page's language; `render check` has seen to it that there is one."""
    return escape(_text(text, lang))


def _measured(value: dict | str | float | None, lang: str) -> str:
    """A measured figure to a few digits; what is no figure, as it is said."""
    if value is None:
        return ""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return _said(value, lang)
    return "0" if number == 0 else f"{number:.4g}" if 0.01 <= abs(number) < 1000 else f"{number:.1e}".replace("e-0", "e-")
