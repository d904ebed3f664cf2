"""The mathematics of the site: models, derivations, proofs and checks (SymPy and mpmath only at the core)."""
