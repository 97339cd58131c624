"""What cards with drawn parameters ask of the normalisations that are handed in."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from studydl.claims.normalization.oracle import array
from studydl.nn.normalization import RunningStatistics
from studydl.verification.claim import quantity

if TYPE_CHECKING:
    from collections.abc import Callable

    from studydl.claims.normalization.oracle import Array


__all__ = [
    "batch_growth",
    "covariances",
    "gain_gradient",
    "gradient_share",
    "kept_variance",
    "length_gradient",
    "lone_value",
    "perturbation_gain",
    "running_mean_of_two",
    "second_weight",
    "signal_factor",
    "slope_at_mean",
]


@quantity("lone-value")
def lone_value(norm: Any, *, n: int, c: float) -> float:
    """Return what becomes of c in a batch of n whose other numbers are 0."""
    column = array(*[0.0] * (n - 1), c)[:, None]
    output, _ = norm.layer(column, np.ones(1), np.zeros(1), epsilon=0.0)
    return float(output[-1, 0])


@quantity("running-mean-of-two")
def running_mean_of_two(network: Any, *, m: float, b: float) -> float:
    """Return the running mean, from 0, after two batches of mean b and weight m."""
    one, zero = np.ones(1), np.zeros(1)
    running = RunningStatistics(zero, one)
    _, cache = network.forward(array(b - 1, b + 1)[:, None], one, zero)
    for _ in range(2):
        running = network.update(running, cache, momentum=m)
    return float(running.mean[0])


@quantity("kept-variance")
def kept_variance(network: Any, *, n: int, v: float) -> float:
    """Return which variance of a batch of n, of biased variance v, goes into the average."""
    one, zero = np.ones(1), np.zeros(1)
    # One number other than 0 has the variance c² (n - 1)/n².
    lone = n * math.sqrt(v / (n - 1))
    _, cache = network.forward(array(*[0.0] * (n - 1), lone)[:, None], one, zero)
    return float(network.update(RunningStatistics(zero, one), cache, momentum=1.0).variance[0])


@quantity("second-weight")
def second_weight(norm: Callable[..., Array], *, k: float, g: float) -> float:
    """Return the second weight of a unit of direction k (3, 4) and length g."""
    return float(norm(k * array(3, 4)[:, None], array(g))[1, 0])


@quantity("perturbation-gain")
def perturbation_gain(layer: Callable[..., Array], *, sigma: float, gamma: float) -> float:
    """Return what a small change of a feature of running deviation sigma is multiplied by."""
    running = RunningStatistics(np.zeros(1), array(sigma**2))
    change = sigma / 8
    x = array(0, change)[:, None]
    output = layer(x, array(gamma), np.zeros(1), running, epsilon=0.0)
    return float((output[1, 0] - output[0, 0]) / change)


@quantity("gradient-share")
def gradient_share(layer: Any, *, c: float) -> float:
    """Return the gradient of weights c times as large, over that of the weights."""
    x = np.array([[1.0, 2.0], [-1.0, 3.0], [4.0, 0.5], [0.0, -2.0]])
    w, g = np.array([[1.0, -1.0], [2.0, 1.0]]), np.array([[1.0, 2], [3, -1], [0, 1], [-2, 5]])
    gradients = []
    for scale in (1.0, c):
        _, cache = layer.forward(x @ (w * array(scale, 1)), array(1, 1), array(0, 0), epsilon=0.0)
        gradients.append(float((x.T @ layer.backward(g, cache).x)[0, 0]))
    return gradients[1] / gradients[0]


@quantity("covariances")
def covariances(whitening: Any, *, d: int) -> float:
    """Return how many variances and covariances of d features are estimated, without means."""
    return float(whitening.counted(d).statistics - d)


@quantity("signal-factor")
def signal_factor(linear: Callable[..., Array], *, w: float, n: int) -> float:
    """Return what n linear layers of weight w multiply a signal by."""
    return float(linear(1.0, w, n)[-1])


@quantity("batch-growth")
def batch_growth(norm: Callable[..., Any], *, k: float) -> float:
    """Return by what a batch has to grow for a k-th of the noise, by the power that it follows."""
    scatters = []
    for size in (1, 4):
        batches = np.array(list(product((-1.0, 1.0), repeat=size))).T
        features = batches.shape[1]
        _, cache = norm(batches, np.ones(features), np.zeros(features))
        scatters.append(math.sqrt(float(np.mean(cache.standardized.mean**2))))
    power = math.log(scatters[0] / scatters[1]) / math.log(4)
    return float(k ** (1 / power))


@quantity("gain-gradient")
def gain_gradient(layer: Any, *, a: float, b: float) -> float:
    """Return the gradient for the gain of the batch 1, 5, whose outputs have the gradients a, b."""
    _, cache = layer.forward(array(1, 5)[:, None], np.ones(1), np.zeros(1), epsilon=0.0)
    return float(layer.backward(array(a, b)[:, None], cache).gain[0])


@quantity("slope-at-mean")
def slope_at_mean(layer: Any, *, n: int, s: float) -> float:
    """Return the slope of a standardised value at the mean of n numbers of deviation s, n odd."""
    away = s * math.sqrt(n / (n - 1))
    x = array(0, *[away, -away] * (n // 2))[:, None]
    _, cache = layer.forward(x, np.ones(1), np.zeros(1), epsilon=0.0)
    return float(layer.backward(np.eye(n)[:, :1], cache).x[0, 0])


@quantity("length-gradient")
def length_gradient(weights: Any, *, a: float, b: float) -> float:
    """Return the gradient for the length of a unit of direction (3, 4), given that (a, b) for w."""
    back = weights.backward(array(a, b)[:, None], array(3, 4)[:, None], array(2))
    return float(back.length[0])
