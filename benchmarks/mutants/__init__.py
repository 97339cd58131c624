"""Systematic small faults in `studydl.nn`, and which of them the claims catch.

Run from the root of the repository: ``python -m benchmarks.mutants [CHAPTER...]``.
"""
