"""Penalties as priors: which weights are the most probable ones (notes 3.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studydl.claims.regularization.penalties import forgot_the_half, hard_threshold, steps_over_zero
from studydl.language import Text
from studydl.nn import regularization as nn
from studydl.verification.claim import Misconception, claim
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.random import Generator

    from studydl.claims.regularization._exact import Array
    from studydl.verification.evidence import Measurement

__all__ = ["penalties_are_priors"]


class _Penalties(NamedTuple):
    soft_threshold: Callable[..., Any]
    shrink: Callable[..., Any]


def _most_probable(v: Array, log_prior: Callable[[Array], Array], variance: float) -> Array:
    """Return the mode of the posterior for each observed v, on a grid that holds it exactly."""
    grid = np.arange(-4096, 4097) / 1024
    log_posterior = log_prior(grid) - (v[:, None] - grid) ** 2 / (2 * variance)
    modes: Array = grid[np.argmax(log_posterior, axis=1)]
    return modes


@claim(
    "regularization.penalties-are-priors",
    en="A penalty is a prior: where weights are observed with normal noise of variance 0.5, L1 of"
    " strength 0.75 gives the most probable ones under a Laplace prior of scale 2/3, and L2 of"
    " strength 3 those under a normal prior of variance 1/6: the strength is the variance of the"
    " noise over the scale or the variance of the prior.",
    zh="惩罚就是先验：观测权重时若带有方差为 0.5 的正态噪声，"
    "强度 0.75 的 L1 给出的是尺度为 2/3 的拉普拉斯先验下最可能的权重，"
    "强度 3 的 L2 给出的是方差为 1/6 的正态先验下最可能的权重："
    "惩罚强度等于噪声方差除以先验的尺度（L1）或先验的方差（L2）。",
    notes="3.2.1",
    on=_Penalties(nn.soft_threshold, nn.shrink),
    misconceptions=[
        Misconception(
            "swapped-priors",
            _Penalties(
                lambda v, *, threshold: nn.shrink(v, penalty=threshold),
                lambda v, *, penalty: nn.soft_threshold(v, threshold=penalty),
            ),
            Text(
                "L1 is ascribed to the normal prior and L2 to the Laplace prior.",
                "把 L1 对应到正态先验，把 L2 对应到拉普拉斯先验。",
            ),
        ),
        Misconception(
            "forgot-the-half",
            _Penalties(nn.soft_threshold, forgot_the_half.implementation),
            Text(
                "The half in the exponent of the normal prior is lost.",
                "漏掉了正态先验指数里的二分之一。",
            ),
        ),
        Misconception(
            "keeps-what-is-large",
            _Penalties(hard_threshold.implementation, nn.shrink),
            Text(
                "The Laplace prior is thought to leave large weights as they are.",
                "以为拉普拉斯先验会让大权重原样保留。",
            ),
        ),
        Misconception(
            "steps-over-zero",
            _Penalties(steps_over_zero.implementation, nn.shrink),
            Text(
                "The Laplace prior is thought to move every weight equally far, across zero.",
                "以为拉普拉斯先验把每个权重都移动同样远，甚至越过零。",
            ),
        ),
    ],
    sources=["Tibshirani 1996, section 5", "Goodfellow, Bengio & Courville 2016, section 5.6.1"],
)
def penalties_are_priors(penalties: _Penalties, rng: Generator) -> Iterator[Measurement]:
    """Compare with the mode of the posterior, found among all the points of a grid."""
    v = rng.permutation([2.0, -1.5, 0.5, -0.25, 3.0, 1.0])
    variance, scale, prior_variance = 0.5, 2 / 3, 1 / 6
    laplace = _most_probable(v, lambda w: -np.abs(w) / scale, variance)
    l1 = penalties.soft_threshold(v, threshold=variance / scale)
    yield equals("w of L1 = 0.75, Laplace prior of 2/3, noise 0.5", l1, laplace, EXACT, at=v)
    normal = _most_probable(v, lambda w: -(w**2) / (2 * prior_variance), variance)
    l2 = penalties.shrink(v, penalty=variance / prior_variance)
    yield equals("w of L2 = 3, normal prior of 1/6, noise 0.5", l2, normal, EXACT, at=v)
