"""The two cross-entropies side by side, for what is claimed of both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from studydl.language import Text
from studydl.nn import losses as nn
from studydl.verification.claim import Misconception

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["BOTH", "CrossEntropies", "both"]


class CrossEntropies(NamedTuple):
    """A loss of logits and targets for two classes, and one for several."""

    binary: Callable[..., Any]
    multiclass: Callable[..., Any]


BOTH = CrossEntropies(nn.binary_cross_entropy, nn.cross_entropy)


def both(name: str, binary: Any, multiclass: Any, en: str, zh: str) -> Misconception:
    """Make a misconception of a wrong loss for two classes and one for several."""
    return Misconception(name, CrossEntropies(binary, multiclass), Text(en, zh))
