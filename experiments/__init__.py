"""Experiments: small networks trained on the gradients that this site derived. ``python -m experiments`` re-runs them."""
