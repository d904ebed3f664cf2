"""Attacks on the derived formulas: exact and numeric oracles, mutants, verdicts and evidence."""
