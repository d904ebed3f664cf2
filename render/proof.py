"""The evidence of one result as tables: which checks it passed, and which wrong versions they rejected."""

from html import escape

from render.html import table
from render.words import VERDICTS, WORDS


def checks_table(record: dict, lang: str) -> str:
    """A row per check: the oracle, where it was tried, the worst relative error, the observed order, the time."""
    words = WORDS[lang]
    if not record["checks"]:
        return ""
    rows = [
        [
            f'<span class="verdict verdict--{check["verdict"].lower()}">{VERDICTS[lang][check["verdict"]]}</span> {escape(check["name"])}',
            escape(_tried(check["samples"])),
            _figure_of(check["worst"]),
            _figure_of(check["order"]),
            f'{check["seconds"]:.2f}',
        ]
        for check in record["checks"]
    ]
    head = [words["check"], words["tried"], words["worst"], words["order"], words["seconds"]]
    return table(head, rows, "eq__checks")


def mutants_table(record: dict, lang: str) -> str:
    """A row per wrong version that was tried on purpose: what it says, which check rejected it, and where."""
    words = WORDS[lang]
    mutants = record["mutants"]
    if not mutants:
        return ""
    # One that equals the truth is no wrong version; it stays in the table, with its proof.
    wrong = [mutant for mutant in mutants if mutant["verdict"] != "equivalent"]
    killed = sum(mutant["verdict"] == "killed" for mutant in wrong)
    rows = [[*_mutant(mutant, lang), escape(mutant["where"] or "")] for mutant in mutants]
    summary = words["killed"].format(killed=killed, total=len(wrong))
    head = [words["mutant"], words["killed_by"], words["where"]]
    return f'<details class="mutants"><summary>{summary}</summary>{table(head, rows, "eq__mutants")}</details>'


def _mutant(mutant: dict, lang: str) -> list[str]:
    text = f"<br><code>{escape(mutant['text'])}</code>" if mutant["text"] else ""
    if mutant["verdict"] == "killed":
        by = escape(mutant["by"] or "")
    else:
        proof = mutant["proof"]
        # A proof is a sentence in both languages where people read it, plain text where a program wrote it.
        reason = proof.get(lang, "") if isinstance(proof, dict) else proof or ""
        by = f"{WORDS[lang][mutant['verdict']]} {escape(reason)}".strip()
    return [escape(mutant["name"]) + text, by]


def _tried(samples: list[dict]) -> str:
    """Which T at which sizes, equal sizes told once: "T = 3, 5, 40 (n = 3, d = 2)"."""
    steps: dict[str, list[str]] = {}
    for sample in samples:
        sizes = ", ".join(f"{name} = {value}" for name, value in _sizes(sample).items())
        known = steps.setdefault(sizes, [])
        if "T" in sample and str(sample["T"]) not in known:
            known.append(str(sample["T"]))
    shown = [" ".join(part for part in (f"T = {', '.join(t)}" if t else "", f"({sizes})" if sizes else "") if part) for sizes, t in steps.items()]
    return "; ".join(text for text in shown if text)


def _figure_of(value: str | float | None) -> str:
    """A measured figure to two digits; exact zero stays a bare 0."""
    if value is None:
        return "–"
    try:
        number = float(value)
    except (TypeError, ValueError):
        return escape(str(value))
    return "0" if number == 0 else f"{number:.4g}" if 0.01 <= abs(number) < 1000 else f"{number:.1e}".replace("e-0", "e-")


def _sizes(sample: dict) -> dict:
    """Sizes, and whatever else says where a sample was taken; a proof for all sizes has none to list."""
    sizes = sample.get("sizes", {})
    rest = {name: value for name, value in sample.items() if name not in ("T", "sizes")}
    return {**(sizes if isinstance(sizes, dict) else {}), **rest}
