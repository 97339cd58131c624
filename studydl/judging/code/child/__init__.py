"""What runs in the child process. Nothing here loads in the process that draws."""

from __future__ import annotations

__all__: list[str] = []
