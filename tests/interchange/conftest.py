from __future__ import annotations

import importlib.util

from tests.memory.conftest import clock, memory, open_memory

__all__ = ["clock", "collect_ignore", "memory", "open_memory"]

# Anki is no dependency: these tests run where the anki extra is installed.
collect_ignore = [] if importlib.util.find_spec("anki") else ["anki"]
