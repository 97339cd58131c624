"""Streams of random numbers, each fixed by words and numbers and shifted by no other."""

from __future__ import annotations

from zlib import crc32

import numpy as np

__all__ = ["stream"]


def stream(*names: str | int) -> np.random.Generator:
    """Return the random numbers that belong to some words and numbers, on every machine."""
    seeds = [name if isinstance(name, int) else crc32(name.encode()) for name in names]
    return np.random.Generator(np.random.PCG64DXSM(np.random.SeedSequence(seeds)))
