"""Matrix calculus on SymPy matrix expressions: terms, rules, adjoints, proofs by induction, printers."""
