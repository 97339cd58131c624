from __future__ import annotations

from tests.memory.conftest import clock, memory, open_memory

__all__ = ["clock", "memory", "open_memory"]
