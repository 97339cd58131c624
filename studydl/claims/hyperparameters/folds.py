"""Cross-validation: which examples it uses how often, and what its mean is worth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studydl.claims.hyperparameters._quantities import times_trained_on
from studydl.language import Text
from studydl.nn import hyperparameters as nn
from studydl.nn.hyperparameters import Fold
from studydl.verification.claim import Misconception, claim, misconception
from studydl.verification.measure import equals
from studydl.verification.tolerance import EXACT, ROUNDING, five_standard_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.random import Generator

    from studydl.verification.evidence import Measurement

__all__ = ["cross_validation_variance", "k_fold", "leave_one_out"]

Array: TypeAlias = NDArray[np.float64]

_STONE = "Stone 1974"
_HASTIE = "Hastie, Tibshirani & Friedman 2009, section 7.10.1"


class _Uses(NamedTuple):
    """How often each fold, a row, trains and validates on each example, a column."""

    training: Array
    validation: Array


def _uses(split: Callable[..., Any]) -> Callable[..., _Uses]:
    """Make a splitter count, so that its result is numbers rather than numbers of examples."""

    def counted(rng: Generator, examples: int, folds: int) -> _Uses:
        parts = split(rng, examples, folds)
        tables = [
            [np.bincount(part[role], minlength=examples) for part in parts] for role in (0, 1)
        ]
        return _Uses(*(np.array(table, dtype=np.float64) for table in tables))

    return counted


def _with_rest(parts: Sequence[Any], examples: int) -> tuple[Fold, ...]:
    everything = np.arange(examples)
    return tuple(Fold(np.setdiff1d(everything, part), part) for part in parts)


def _repeated_splits(rng: Generator, examples: int, folds: int) -> tuple[Fold, ...]:
    size = examples // folds
    parts = [rng.choice(examples, size=size, replace=False) for _ in range(folds)]
    return _with_rest(parts, examples)


def _drops_the_rest(rng: Generator, examples: int, folds: int) -> tuple[Fold, ...]:
    size = examples // folds
    order = rng.permutation(examples)
    return _with_rest([order[k * size : (k + 1) * size] for k in range(folds)], examples)


def _in_the_given_order(_rng: Generator, examples: int, folds: int) -> tuple[Fold, ...]:
    return _with_rest(np.array_split(np.arange(examples), folds), examples)


def _trains_on_everything(rng: Generator, examples: int, folds: int) -> tuple[Fold, ...]:
    everything = np.arange(examples)
    return tuple(Fold(everything, fold.validation) for fold in nn.k_fold(rng, examples, folds))


def _splits(name: str, split: Callable[..., Any], en: str, zh: str) -> Misconception:
    return Misconception(name, _uses(split), Text(en, zh))


@claim(
    "hyperparameters.k-fold",
    en="Cross-validation with 5 folds validates on every example exactly 1 time and trains on it"
    " the other 4 times, never on both in one fold; 10 examples in 3 folds validate as 4, 3 and 3."
    " They are shuffled: two neighbours in a list of 10 share one of 5 folds with probability"
    " 0.111.",
    zh="5 折交叉验证中，每个样本恰好用于验证 1 次，其余 4 次用于训练，同一折中绝不兼任；"
    "10 个样本分 3 折，验证集大小为 4、3、3。"
    "由于先打乱顺序，10 个样本中相邻的两个同在 5 折中某一折的概率为 0.111。",
    notes="Z.4",
    on=_uses(nn.k_fold),
    misconceptions=[
        _splits(
            "repeated-splits",
            _repeated_splits,
            "Each fold is drawn anew, so that an example validates several times or never.",
            "每一折都重新随机抽取，于是有的样本验证多次，有的一次也没有。",
        ),
        _splits(
            "drops-the-rest",
            _drops_the_rest,
            "What is left over after equal division is never validated on.",
            "平均分配之后剩下的样本从不用于验证。",
        ),
        _splits(
            "in-the-given-order",
            _in_the_given_order,
            "The folds are cut from the list as it is; sorted data then hold out whole classes.",
            "直接按原有顺序切分；若数据按类别排序，某一折就会留出整整一类。",
        ),
        _splits(
            "trains-on-everything",
            _trains_on_everything,
            "The model is trained once on all examples, and validated on parts of them.",
            "模型用全部样本训练，再拿其中的一部分来验证。",
        ),
    ],
    sources=[_HASTIE, _STONE],
    quantities=[times_trained_on],
)
def k_fold(uses: Callable[..., _Uses], rng: Generator) -> Iterator[Measurement]:
    """Count every use of every example, then how often the first two share a fold."""
    for examples, folds in ((10, 5), (10, 3), (7, 7)):
        counted = uses(rng, examples, folds)
        label = f"{examples} examples, {folds} folds"
        times = np.sum(counted.validation, axis=0)
        yield equals(f"validates, times, {label}", times, 1.0, EXACT)
        trains = np.sum(counted.training, axis=0)
        yield equals(f"trains, times, {label}", trains, folds - 1.0, EXACT)
        overlap = np.sum(counted.training * counted.validation)
        yield equals(f"both in one fold, {label}", overlap, 0.0, EXACT)
        sizes = np.sort(np.sum(counted.validation, axis=1))[::-1]
        exact = [math.ceil((examples - k) / folds) for k in range(folds)]
        yield equals(f"validation sizes, {label}", sizes, exact, EXACT)
    repeats, share = 200, 1 / 9
    validation = [uses(rng, 10, 5).validation for _ in range(repeats)]
    together = np.mean([np.sum(each[:, 0] * each[:, 1]) for each in validation])
    error = math.sqrt(share * (1 - share) / repeats)
    name = "P(two neighbours share a fold), 10 examples, 5 folds"
    yield equals(name, together, share, five_standard_errors(error))


@misconception(
    "single-fold",
    en="One split into training and validation is thought to be as good.",
    zh="以为只做一次训练、验证划分也一样好。",
)
def single_fold(error: Callable[..., float], folds: Sequence[Fold]) -> float:
    return error(folds[0].training, folds[0].validation)


@misconception(
    "best-fold",
    en="The fold with the smallest error is reported.",
    zh="报告误差最小的那一折。",
)
def best_fold(error: Callable[..., float], folds: Sequence[Fold]) -> float:
    return min(error(fold.training, fold.validation) for fold in folds)


@misconception(
    "validates-on-training",
    en="The error is measured on the examples that the model was trained on.",
    zh="在模型训练用过的样本上测量误差。",
)
def validates_on_training(error: Callable[..., float], folds: Sequence[Fold]) -> float:
    errors = [error(fold.training, fold.training) for fold in folds]
    return sum(errors) / len(errors)


@misconception(
    "trains-on-everything",
    en="The model is trained once on all examples, and validated on parts of them.",
    zh="模型用全部样本训练，再拿其中的一部分来验证。",
)
def trains_on_everything(error: Callable[..., float], folds: Sequence[Fold]) -> float:
    errors = [error(np.concatenate(fold), fold.validation) for fold in folds]
    return sum(errors) / len(errors)


@misconception(
    "sums-the-folds",
    en="The errors of the folds are added up.",
    zh="把各折的误差相加。",
)
def sums_the_folds(error: Callable[..., float], folds: Sequence[Fold]) -> float:
    return sum(error(fold.training, fold.validation) for fold in folds)


def _cut(examples: int, folds: int) -> tuple[Fold, ...]:
    return _with_rest(np.split(np.arange(examples), folds), examples)


@claim(
    "hyperparameters.cross-validation-variance",
    en="For a given predictor and equal folds, the cross-validated error is the mean over all"
    " examples, so that it varies less from data set to data set than the error on one fold: with 5"
    " folds its variance is 0.2 of that.",
    zh="预测器固定、各折大小相等时，交叉验证误差就是全部样本误差的平均，"
    "因此换一批数据时，它的波动比单独一折的误差小：5 折时，方差是单独一折的 0.2。",
    notes="Z.4",
    on=nn.cross_validated_error,
    misconceptions=[single_fold, best_fold, sums_the_folds],
    sources=[_HASTIE, "Arlot & Celisse 2010, section 5.2"],
)
def cross_validation_variance(
    cross_validated_error: Callable[..., Any], rng: Generator
) -> Iterator[Measurement]:
    """Measure the mean on one data set, then both variances over many."""
    folds, repeats = _cut(20, 5), 300
    losses = rng.exponential(size=(repeats, 20))
    means = []
    for row in losses:

        def error(_training: Any, held_out: Any, row: Array = row) -> float:
            return float(np.add.reduce(row[held_out])) / len(held_out)

        means.append(float(cross_validated_error(error, folds)))
    # The variance of a mean of 4 exponential numbers is 1/4, of all 20 it is 1/20.
    ratio = float(np.var(means)) / (1 / 4)
    # A sample variance is off by sqrt((kurtosis - 1)/repeats), here with kurtosis 3 + 6/20.
    tolerance = five_standard_errors(0.2 * math.sqrt((2 + 6 / 20) / repeats))
    yield equals("Var(CV error) / Var(one fold), 5 folds", ratio, 0.2, tolerance)
    yield equals("CV error, 5 folds", means, np.mean(losses, axis=1), ROUNDING)


@claim(
    "hyperparameters.leave-one-out",
    en="The mean of 10 numbers as a predictor has on those numbers a mean squared error of 0.9 of"
    " their unbiased variance, which is too small; leaving each of them out in turn gives 1.11 of"
    " it, above the variance because the mean is then not exact.",
    zh="用 10 个数的均值作预测，在这些数自己身上的均方误差是其无偏方差的 0.9，偏小；"
    "轮流留出一个数，得到的是无偏方差的 1.11，高于方差，因为此时的均值本身也有误差。",
    notes="Z.4",
    on=nn.cross_validated_error,
    misconceptions=[validates_on_training, trains_on_everything, single_fold, sums_the_folds],
    sources=[_STONE, "Arlot & Celisse 2010, section 5.1"],
)
def leave_one_out(
    cross_validated_error: Callable[..., Any], rng: Generator
) -> Iterator[Measurement]:
    """Measure both errors of the mean, which have closed forms for every data set."""
    for examples in (10, 4):
        y = rng.normal(size=examples)
        unbiased = math.fsum((y - np.mean(y)) ** 2) / (examples - 1)

        def error(training: Any, held_out: Any, y: Array = y) -> float:
            return float(np.mean((y[held_out] - np.mean(y[training])) ** 2))

        everything = np.arange(examples)
        itself = cross_validated_error(error, (Fold(everything, everything),))
        name = f"error on itself / s², {examples} numbers"
        yield equals(name, itself / unbiased, (examples - 1) / examples, ROUNDING)
        left_out = cross_validated_error(error, _cut(examples, examples))
        name = f"leave-one-out error / s², {examples} numbers"
        yield equals(name, left_out / unbiased, examples / (examples - 1), ROUNDING)
