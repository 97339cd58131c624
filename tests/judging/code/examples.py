"""Tasks of several kinds with their solutions."""

import time
from pathlib import Path

from studydl.judging.code import CodeTask, Limits

SIGMOID = CodeTask(("activations.sigmoid-gradient-peak",), "sigmoid_gradient")
ADAM = CodeTask(("optimizers.adam-moments", "optimizers.adam-first-step"), "adam")
MASK = CodeTask(("regularization.dropout-mask",), "dropout_mask")
DROPOUT = CodeTask(("regularization.dropout-backward",), "dropout_gradient", "backward")
BATCH_NORM = CodeTask(("normalization.batch-norm-gradient",), "batch_norm_backward", "backward")
TASKS = (SIGMOID, ADAM, MASK, DROPOUT, BATCH_NORM)

SOLUTIONS = {
    SIGMOID: """
import numpy as np

def sigmoid_gradient(x):
    s = 1 / (1 + np.exp(-np.abs(x)))
    return s * (1 - s)
""",
    ADAM: """
import numpy as np

def adam(state, gradient, *, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
    t = state.step + 1
    m = beta1 * state.first_moment + (1 - beta1) * gradient
    v = beta2 * state.second_moment + (1 - beta2) * gradient**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return -learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), (t, m, v)
""",
    MASK: """
def dropout_mask(rng, shape, *, drop):
    return (rng.random(shape) >= drop).astype(float)
""",
    DROPOUT: """
def dropout_gradient(upstream, mask, *, drop):
    return upstream * mask / (1 - drop)
""",
    BATCH_NORM: """
import numpy as np

def batch_norm_backward(gradient, cache):
    kept = cache.standardized
    x_hat, axes = kept.values, (0, *range(2, gradient.ndim))
    beside = [-1] + [1] * (gradient.ndim - 2)
    slope = gradient * np.reshape(cache.gain, beside)
    mean = slope.mean(axis=axes, keepdims=True)
    along = (slope * x_hat).mean(axis=axes, keepdims=True)
    x = (slope - mean - x_hat * along) / kept.deviation
    return x, (gradient * x_hat).sum(axis=axes), gradient.sum(axis=axes)
""",
}

# Whatever has to be stopped is stopped soon.
QUICK = Limits(wall=4.0, cpu=1)


def wait_until_gone(pid):
    """Wait until a process that is not our own child has ended, if only nobody reaped it yet."""
    status = Path(f"/proc/{pid}/stat")
    while status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)
