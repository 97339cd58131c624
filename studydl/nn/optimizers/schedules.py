"""Rules by which the learning rate falls in the course of training."""

from __future__ import annotations

import math

from studydl.nn.optimizers._inputs import check_learning_rate, check_offset

__all__ = ["cosine_decay", "exponential_decay", "inverse_time_decay", "step_decay"]


def step_decay(step: int, *, initial: float, factor: float, every: int) -> float:
    """Return the learning rate of a step under sudden cuts.

    Shapes:
        All scalars. The first step is step 0.

    Equation:
        η = η₀ γ^⌊t/k⌋, with γ the factor and a cut every k steps.

    Confusable with:
        Exponential decay, which spreads the same fall over every step, γ^(t/k).

    Reference:
        PyTorch documentation, torch.optim.lr_scheduler.StepLR.

    Raises:
        ValueError: If the step is below 0, the initial rate not above 0, the factor not in (0, 1]
            or every not 1 or more.
    """
    _check_step(step)
    _check_length("every", every)
    return check_learning_rate(initial) * _check_factor(factor) ** (step // every)


def exponential_decay(step: int, *, initial: float, factor: float) -> float:
    """Return the learning rate of a step under a fall by one factor a step.

    Shapes:
        All scalars. The first step is step 0.

    Equation:
        η = η₀ γᵗ.

    Confusable with:
        η₀ e^(-kt), which is the same with γ = e^(-k).
        The decay by the inverse of time, whose sum has no limit; this one's is η₀/(1-γ).

    Reference:
        PyTorch documentation, torch.optim.lr_scheduler.ExponentialLR.

    Raises:
        ValueError: If the step is below 0, the initial rate not above 0, or the factor not in
            (0, 1].
    """
    _check_step(step)
    return check_learning_rate(initial) * _check_factor(factor) ** step


def inverse_time_decay(step: int, *, initial: float, rate: float) -> float:
    """Return the learning rate of a step under a fall with the inverse of time.

    Shapes:
        All scalars. The first step is step 0.

    Equation:
        η = η₀ / (1 + k t), with k the rate.

    Confusable with:
        The fall with the inverse root of time, which AdaGrad makes under a constant gradient.

    Reference:
        Robbins & Monro 1951.

    Raises:
        ValueError: If the step is below 0, the initial rate not above 0, or the rate below 0.
    """
    _check_step(step)
    return check_learning_rate(initial) / (1 + check_offset("rate", rate) * step)


def cosine_decay(step: int, *, initial: float, steps: int, final: float = 0.0) -> float:
    """Return the learning rate of a step under a fall along half a cosine.

    Shapes:
        All scalars. The first step is step 0; from step ``steps`` on the rate is final.

    Equation:
        η = η₁ + (η₀ - η₁) (1 + cos(π t/T)) / 2, with η₀ the initial and η₁ the final rate.

    Confusable with:
        A fall along a quarter of a cosine, cos(π t/2T), which is steepest at its end.
        Warm restarts, which jump back to η₀ after T steps.

    Reference:
        Loshchilov & Hutter 2017, equation 5.

    Raises:
        ValueError: If the step is below 0, the initial rate not above 0, the final rate not in
            0 to initial, or steps not 1 or more.
    """
    _check_step(step)
    _check_length("steps", steps)
    start, end = check_learning_rate(initial), check_offset("final", final)
    if end > start:
        raise ValueError(f"expected a final rate of at most the initial {start}, got {end}")
    share = min(step / steps, 1.0)
    return end + (start - end) * (1 + math.cos(math.pi * share)) / 2


def _check_step(step: int) -> None:
    if step < 0:
        raise ValueError(f"expected a step of 0 or more, got {step}")


def _check_length(name: str, steps: int) -> None:
    if steps < 1:
        raise ValueError(f"expected {name} to be 1 or more steps, got {steps}")


def _check_factor(factor: float) -> float:
    if not 0 < factor <= 1:
        raise ValueError(f"expected a factor in (0, 1], got {factor}")
    return float(factor)
