"""Batch, layer, weight and cosine norm beside PyTorch's, which was written by other people."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from studydl.nn.normalization import (
    Placement,
    RecurrentWeights,
    RunningStatistics,
    batch_norm,
    batch_norm_at,
    batch_norm_backward,
    batch_norm_inference,
    cosine_norm,
    cosine_norm_backward,
    layer_norm,
    layer_norm_at,
    layer_norm_backward,
    recurrent_backward,
    recurrent_forward,
    sequence_batch_norm,
    sequence_batch_norm_backward,
    standardize,
    update_running_statistics,
    weight_norm,
    weight_norm_backward,
    zca_whitening,
    zca_whitening_backward,
)

pytestmark = pytest.mark.oracle

PRECISIONS = [
    pytest.param(np.float64, 1e-11, id="float64"),
    pytest.param(np.float32, 2e-4, id="float32"),
]
F = torch.nn.functional


def drawn(dtype: type, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    rng = np.random.default_rng(20150211)
    return [(rng.normal(size=shape) * 2 + 0.5).astype(dtype) for shape in shapes]


def leaves(*arrays: np.ndarray) -> list[Any]:
    return [torch.tensor(each, requires_grad=True) for each in arrays]


def close(ours: Any, theirs: Any, rtol: float) -> None:
    expected = theirs.detach().numpy() if torch.is_tensor(theirs) else theirs
    assert ours.dtype == expected.dtype
    np.testing.assert_allclose(ours, expected, rtol=rtol, atol=rtol * (1 + np.abs(expected).max()))


@pytest.mark.parametrize(("dtype", "rtol"), PRECISIONS)
@pytest.mark.parametrize("shape", [(7, 3), (4, 3, 5, 2)], ids=["dense", "convolutional"])
@pytest.mark.parametrize("epsilon", [1e-5, 0.3])
def test_batch_norm_in_training_is_that_of_pytorch(
    dtype: type, rtol: float, shape: tuple[int, ...], epsilon: float
) -> None:
    x, gain, shift, g = drawn(dtype, shape, (3,), (3,), shape)
    tx, tgain, tshift = leaves(x, gain, shift)
    expected = F.batch_norm(tx, None, None, tgain, tshift, training=True, eps=epsilon)
    expected.backward(torch.tensor(g))

    output, cache = batch_norm(x, gain, shift, epsilon=epsilon)

    close(output, expected, rtol)
    for ours, theirs in zip(batch_norm_backward(g, cache), (tx, tgain, tshift), strict=True):
        close(ours, theirs.grad, rtol)


@pytest.mark.parametrize(("dtype", "rtol"), PRECISIONS)
@pytest.mark.parametrize("shape", [(6, 3), (4, 3, 5, 2)], ids=["dense", "convolutional"])
@pytest.mark.parametrize("momentum", [0.1, 0.7])
def test_running_statistics_and_inference_are_those_of_pytorch(
    dtype: type, rtol: float, shape: tuple[int, ...], momentum: float
) -> None:
    kind = torch.nn.BatchNorm1d if len(shape) == 2 else torch.nn.BatchNorm2d
    layer = kind(3, momentum=momentum, dtype=torch.float64 if dtype is np.float64 else None)
    gain, shift = drawn(dtype, (3,), (3,))
    layer.weight.data, layer.bias.data = torch.tensor(gain), torch.tensor(shift)
    running = RunningStatistics.before_training(gain)

    for batch in drawn(dtype, shape, shape, shape):
        layer(torch.tensor(batch))
        _, cache = batch_norm(batch, gain, shift)
        running = update_running_statistics(running, cache, momentum=momentum)

    close(running.mean, layer.running_mean, rtol)
    close(running.variance, layer.running_var, rtol)
    (x,) = drawn(dtype, shape)
    close(batch_norm_inference(x, gain, shift, running), layer.eval()(torch.tensor(x)), rtol)


@pytest.mark.parametrize(("dtype", "rtol"), PRECISIONS)
@pytest.mark.parametrize(
    ("shape", "features"),
    [((5, 4), (4,)), ((3, 6, 4), (4,)), ((3, 2, 4, 5), (2, 4, 5))],
    ids=["dense", "recurrent", "convolutional"],
)
def test_layer_norm_is_that_of_pytorch(
    dtype: type, rtol: float, shape: tuple[int, ...], features: tuple[int, ...]
) -> None:
    x, gain, shift, g = drawn(dtype, shape, features, features, shape)
    tx, tgain, tshift = leaves(x, gain, shift)
    expected = F.layer_norm(tx, features, tgain, tshift, eps=1e-3)
    expected.backward(torch.tensor(g))

    output, cache = layer_norm(x, gain, shift, epsilon=1e-3)

    close(output, expected, rtol)
    for ours, theirs in zip(layer_norm_backward(g, cache), (tx, tgain, tshift), strict=True):
        close(ours, theirs.grad, rtol)


@pytest.mark.parametrize(("dtype", "rtol"), PRECISIONS)
def test_batch_norm_over_batch_and_time_is_that_of_pytorch(dtype: type, rtol: float) -> None:
    x, gain, shift, g = drawn(dtype, (4, 6, 3), (3,), (3,), (4, 6, 3))
    tx, tgain, tshift = leaves(x, gain, shift)
    expected = F.batch_norm(tx.mT, None, None, tgain, tshift, training=True).mT
    expected.backward(torch.tensor(g))

    output, cache = sequence_batch_norm(x, gain, shift)

    close(output, expected, rtol)
    ours = sequence_batch_norm_backward(g, cache)
    for mine, theirs in zip(ours, (tx, tgain, tshift), strict=True):
        close(mine, theirs.grad, rtol)


@pytest.mark.parametrize(("dtype", "rtol"), PRECISIONS)
def test_weight_norm_is_that_of_pytorch(dtype: type, rtol: float) -> None:
    direction, length, g = drawn(dtype, (4, 3), (3,), (4, 3))
    layer = torch.nn.Linear(4, 3, dtype=torch.tensor(direction).dtype)
    layer = torch.nn.utils.parametrizations.weight_norm(layer, dim=0)
    parts = layer.parametrizations.weight
    parts.original0.data = torch.tensor(length[:, None])
    parts.original1.data = torch.tensor(direction.T.copy())
    layer.weight.backward(torch.tensor(g.T.copy()))

    close(weight_norm(direction, length), layer.weight.T, rtol)
    ours = weight_norm_backward(g, direction, length)
    close(ours.direction, parts.original1.grad.T, rtol)
    close(ours.length, parts.original0.grad[:, 0], rtol)


@pytest.mark.parametrize(("dtype", "rtol"), PRECISIONS)
def test_cosine_norm_is_pytorch_s_cosine_similarity(dtype: type, rtol: float) -> None:
    x, weights, g = drawn(dtype, (5, 4), (4, 3), (5, 3))
    tx, tw = leaves(x, weights)
    expected = F.cosine_similarity(tx[:, :, None], tw[None], dim=1)
    expected.backward(torch.tensor(g))

    close(cosine_norm(x, weights), expected, rtol)
    ours = cosine_norm_backward(g, x, weights)
    close(ours.x, tx.grad, rtol)
    close(ours.weights, tw.grad, rtol)


def torch_norm(kind: str, z: Any, gain: Any, shift: Any) -> Any:
    if kind == "batch":
        return F.batch_norm(z, None, None, gain, shift, training=True)
    return F.layer_norm(z, z.shape[1:], gain, shift)


@pytest.mark.parametrize("kind", ["batch", "layer"])
@pytest.mark.parametrize(
    "placed", [("total",), ("input",), ("hidden", "input"), ("hidden", "input", "total"), ()]
)
def test_back_through_time_is_pytorch_s_autograd(kind: str, placed: tuple[str, ...]) -> None:
    x, start, w_h, w_x, gains, shifts, g = drawn(
        np.float64, (6, 4, 2), (6, 3), (3, 3), (2, 3), (3, 3), (3, 3), (6, 4, 3)
    )
    make = batch_norm_at if kind == "batch" else layer_norm_at
    names = Placement._fields
    rows = {name: row for row, name in enumerate(names)}
    tx, th, twh, twx, tgains, tshifts = leaves(x, start, w_h, w_x, gains, shifts)

    def normed(name: str, z: Any) -> Any:
        row = rows[name]
        return torch_norm(kind, z, tgains[row], tshifts[row]) if name in placed else z

    h, states = th, []
    for t in range(4):
        entering = normed("input", tx[:, t] @ twx)
        h = torch.tanh(normed("total", normed("hidden", h @ twh) + entering))
        states.append(h)
    expected = torch.stack(states, 1)
    expected.backward(torch.tensor(g))

    norms = {name: make(gains[rows[name]], shifts[rows[name]]) for name in placed}
    ours, cache = recurrent_forward(x, start, RecurrentWeights(w_h, w_x), Placement(**norms))
    close(ours, expected, 1e-11)
    back = recurrent_backward(g, cache)
    for mine, theirs in (
        (back.x, tx),
        (back.start, th),
        (back.weights.hidden, twh),
        (back.weights.input, twx),
    ):
        close(mine, theirs.grad, 1e-9)
    for mine, theirs in ((back.gains, tgains), (back.shifts, tshifts)):
        wanted = np.zeros((3, 3)) if theirs.grad is None else theirs.grad.numpy()
        close(mine, wanted, 1e-9)


def test_zca_whitening_is_differentiated_as_by_autograd() -> None:
    x, g = drawn(np.float64, (9, 4), (9, 4))
    (tx,) = leaves(x)
    centred = tx - tx.mean(0)
    values, vectors = torch.linalg.eigh(
        centred.T @ centred / 9 + 0.1 * torch.eye(4, dtype=tx.dtype)
    )
    expected = centred @ (vectors * values**-0.5) @ vectors.T
    expected.backward(torch.tensor(g))

    output, cache = zca_whitening(x, epsilon=0.1)

    close(output, expected, 1e-11)
    close(zca_whitening_backward(g, cache), tx.grad, 1e-9)


def test_standardising_without_epsilon_is_pytorch_s_mean_and_biased_deviation() -> None:
    (x,) = drawn(np.float64, (5, 4, 3))
    deviation, mean = torch.std_mean(torch.tensor(x), dim=(0, 2), keepdim=True, correction=0)

    ours = standardize(x, axes=(0, 2), epsilon=0.0)

    close(ours.values, (torch.tensor(x) - mean) / deviation, 1e-12)
    close(ours.deviation, deviation, 1e-12)
