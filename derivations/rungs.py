"""How far a result is established: its rung, read off its kind and the checks that it passed."""

# What the PASS of each check amounts to; a check that stands nowhere here compares numbers at sample points.
PROVES = {
    "proved": ("induction over time, symbolic", "rules proved for all shapes", "chain rule in components, all shapes", "induction on k", "induction on k with the addition theorems"),
    "symbolic": ("symbolic derivative", "logarithms, symbolically", "exponentials, symbolically", "limits, symbolically", "algebra (SymPy)", "exact integral (SymPy)"),
    "intervals": ("intervals", "intervals and logarithms", "branch and bound with intervals"),
    "exact": ("exact witness over F_p", "exact multiplication", "exact multiplication over ℂ", "exact complex multiplication", "every power, exactly", "exact rounding", "exact search",
              "integer arithmetic", "letters that do not commute", "expansion at zero, exact", "enumeration of all values", "bit patterns and listed small formats", "characteristic polynomial", "characteristic polynomial of WᵀW",
              "breadth-first search", "recursion over the last jump", "every path written down", "a linear network, differentiated", "power of the companion matrix", "indices followed back", "a single one sent forward", "a clock that runs",
              "a unit that holds its state, differentiated", "four walkers, exactly", "two walkers, exactly"),
}  # fmt: skip
OF_KIND = {"definition": "defined", "cited": "cited", "experiment": "measured"}


def rung(kind, checks):
    """defined | cited | measured | numeric | exact | intervals | symbolic | proved, for an entry's kind and the names of its checks."""
    return OF_KIND.get(kind) or next((name for name, proving in PROVES.items() if not set(checks).isdisjoint(proving)), "numeric")
