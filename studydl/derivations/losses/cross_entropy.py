"""Cross-entropy of several classes: its gradient, its start, and the likelihood that it is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sympy import IndexedBase, KroneckerDelta, Product, Symbol, evaluate, exp, log

from studydl.derivations.losses._terms import (
    CLASSES,
    SOFTMAX,
    TARGETS,
    WEIGHTS,
    C,
    i,
    j,
    k,
    logits,
    n,
    p,
    y,
)
from studydl.derivations.writing import as_written, minus, total
from studydl.language import Text
from studydl.nn import losses
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import REALS, UNIT, Domain, Integers, Sequence
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

__all__ = ["cross_entropy_likelihood", "equal_logits", "softmax_gradient"]

_common = Symbol("c", real=True)
_labels, _probabilities = IndexedBase("y"), IndexedBase("p")
_bishop = "Bishop 2006, Pattern Recognition and Machine Learning, section 4.3"


def _target(w: Row, n: int) -> Row:
    return w[np.newaxis, :n] / np.sum(w[:n])


def _gradient(z: Row, w: Row, n: int, k: int) -> float:
    gradient = losses.cross_entropy_gradient(z[np.newaxis, :n], _target(w, n))
    return float(gradient[0, k - 1])


def _loss_of_equal_logits(w: Row, n: int, c: float) -> float:
    return float(losses.cross_entropy(np.full((1, n), c), _target(w, n)))


def _loss_of_probabilities(p: Row, y: Row, n: int) -> float:
    odds = p[:n] / (1 - p[:n])
    return float(losses.binary_cross_entropy(np.log(odds), y[:n]))


with as_written():
    softmax_gradient = Derivation(
        "losses.softmax-gradient",
        title=Text(
            "Behind softmax, the gradient of cross-entropy is prediction minus target",
            "Softmax 之后，交叉熵的梯度等于预测减目标",
        ),
        notes="Z.5",
        domain=Domain({**CLASSES, **WEIGHTS}),
        definitions={**SOFTMAX, **TARGETS, C: minus(total(y(j) * log(p(j)), j, 1, n))},
        steps=(
            Step(
                Partial(C, logits[k]),
                Text(
                    "What is sought: how the loss C of one example moves with one logit.",
                    "要求的是：一个样本的损失 C 怎样随一个 logit 变化。",
                ),
            ),
            Step(
                minus(total((y(j) / p(j)) * Partial(p(j), logits[k]), j, 1, n)),
                Text(
                    "Chain rule through every probability; log p has slope 1/p.",
                    "对每一个概率用链式法则；log p 的导数为 1/p。",
                ),
            ),
            Step(
                minus(total((y(j) / p(j)) * (p(j) * (KroneckerDelta(j, k) - p(k))), j, 1, n)),
                Text(
                    "Insert the derivative of softmax, derived in softmax-jacobian.",
                    "代入 softmax 的导数，推导见 softmax-jacobian。",
                ),
            ),
            Step(
                minus(total(y(j) * (KroneckerDelta(j, k) - p(k)), j, 1, n)),
                Text(
                    "The probabilities cancel: 1/p of the logarithm meets the p of softmax.",
                    "概率相消：对数带来的 1/p 遇上 softmax 导数中的 p。",
                ),
            ),
            Step(
                total(y(j) * p(k), j, 1, n) - y(k),
                Text(
                    "Split the sum; δ is 1 only at j = k and picks the target of k.",
                    "把和拆开；δ 只在 j = k 时为 1，挑出第 k 类的目标。",
                ),
            ),
            Step(
                p(k) - y(k),
                Text(
                    "p of k is the same in every term, and the targets sum to 1.",
                    "k 类的概率在每一项中都相同，而目标之和为 1。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.losses.cross_entropy_gradient(z, y)_k", _gradient),),
        sources=(_bishop,),
    )

    equal_logits = Derivation(
        "losses.equal-logits",
        title=Text(
            "Equal logits for n classes cost log n, whatever the target",
            "n 个类的 logit 全相等时，损失为 log n，与目标无关",
        ),
        notes="Z.5",
        domain=Domain({n: Integers(2, 4), _common: REALS, **WEIGHTS}),
        definitions={**TARGETS},
        steps=(
            Step(
                minus(total(y(j) * log(exp(_common) / total(exp(_common), i, 1, n)), j, 1, n)),
                Text(
                    "The cross-entropy of softmax if all logits are one number c.",
                    "所有 logit 都等于 c 时，softmax 的交叉熵。",
                ),
            ),
            Step(
                minus(total(y(j) * log(exp(_common) / (n * exp(_common))), j, 1, n)),
                Text("n equal terms add up to n times one.", "n 个相同的项之和是一项的 n 倍。"),
            ),
            Step(
                total(y(j) * log(n), j, 1, n),
                Text(
                    "The exponentials cancel, and -log(1/n) is log n.",
                    "约去指数，而 -log(1/n) 就是 log n。",
                ),
            ),
            Step(
                log(n),
                Text(
                    "log n is the same in every term, and the targets sum to 1.",
                    "log n 在每一项中都相同，而目标之和为 1。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.losses.cross_entropy of n logits c", _loss_of_equal_logits),),
        sources=(_bishop,),
    )

    _p, _y = _probabilities[i], _labels[i]
    _label_probability = _p**_y * (1 - _p) ** (1 - _y)
    with evaluate(True):
        _likelihood = Product(_label_probability, (i, 1, n))

    cross_entropy_likelihood = Derivation(
        "losses.cross-entropy-likelihood",
        title=Text(
            "Cross-entropy is minus the logarithm of the likelihood of the labels, over n",
            "交叉熵是标签似然的对数取负，再除以 n",
        ),
        notes="Z.5",
        domain=Domain({n: Integers(), _probabilities: Sequence(UNIT), _labels: Sequence(UNIT)}),
        steps=(
            Step(
                minus((1 / n) * log(_likelihood)),
                Text(
                    "A factor is p where the label y is 1, and 1 - p where it is 0.",
                    "标签 y 为 1 时，因子是 p；y 为 0 时，因子是 1 - p。",
                ),
            ),
            Step(
                minus((1 / n) * total(log(_label_probability), i, 1, n)),
                Text(
                    "The logarithm of a product is the sum of the logarithms.",
                    "积的对数等于对数之和。",
                ),
            ),
            Step(
                minus((1 / n) * total(log(_p**_y) + log((1 - _p) ** (1 - _y)), i, 1, n)),
                Text("The same for the two factors of each term.", "对每一项的两个因子同样处理。"),
            ),
            Step(
                minus((1 / n) * total(_y * log(_p) + (1 - _y) * log(1 - _p), i, 1, n)),
                Text(
                    "An exponent comes out of the logarithm as a factor. This is cross-entropy.",
                    "指数作为因子移到对数之外。这就是交叉熵。",
                ),
            ),
        ),
        comparisons=(
            Comparison("nn.losses.binary_cross_entropy of the logits of p", _loss_of_probabilities),
        ),
        sources=(
            _bishop,
            "Goodfellow, Bengio & Courville 2016, Deep Learning, section 5.5",
        ),
    )
