"""Identifiers of events: unique everywhere, and in the order in which things happened.

The layout is that of UUID version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits. Two
machines never make the same one, so their logs merge by union; as text they sort by time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["next_id", "time_of"]

_RANDOM_BITS = 74
_LOW_BITS = 62
_LOW = (1 << _LOW_BITS) - 1


def next_id(now_ms: int, after: str | None, entropy: Callable[[int], bytes]) -> str:
    """Return a new identifier that sorts behind ``after`` even if the clock was set back.

    Args:
        now_ms: Milliseconds since 1970.
        after: The last identifier that the log holds, or None for an empty log.
        entropy: Returns so many random bytes, like ``os.urandom``.
    """
    noise = int.from_bytes(entropy(10), "big") & ((1 << _RANDOM_BITS) - 1)
    number = (max(now_ms, 0) << _RANDOM_BITS) | noise
    if after is not None:
        number = max(number, _number(after) + 1)
    return _text(number)


def time_of(identifier: str) -> int:
    """Return the milliseconds since 1970 that an identifier holds."""
    return _number(identifier) >> _RANDOM_BITS


def _text(number: int) -> str:
    time, noise = number >> _RANDOM_BITS, number & ((1 << _RANDOM_BITS) - 1)
    version_7, variant = 0x7 << 76, 0b10 << _LOW_BITS
    bits = (time << 80) | version_7 | ((noise >> _LOW_BITS) << 64) | variant | (noise & _LOW)
    digits = f"{bits:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _number(identifier: str) -> int:
    bits = int(identifier.replace("-", ""), 16)
    time, high, low = bits >> 80, (bits >> 64) & 0xFFF, bits & _LOW
    return (time << _RANDOM_BITS) | (high << _LOW_BITS) | low
