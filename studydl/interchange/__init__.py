"""Cards and the log carried elsewhere and taken in: JSON Lines, tables, packages of Anki.

Nothing is imported here: the formats stand in modules of their own, and each needs other libraries.
"""

from __future__ import annotations

__all__: list[str] = []
