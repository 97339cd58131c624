"""The search language: the same wherever cards are chosen. Loads no YAML and measures nothing."""

from __future__ import annotations

from studydl.search.faults import QueryError
from studydl.search.finding import Searcher
from studydl.search.parser import parse

__all__ = ["QueryError", "Searcher", "parse"]
