"""What the identity path of residual blocks does to a gradient, one unit a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sympy import Integer

from studydl.derivations.gradients._terms import ell, ellprime, f, fprime, h, n, slopes, t, w, x
from studydl.derivations.writing import as_written, product, total
from studydl.language import Text
from studydl.nn import gradients
from studydl.verification.derivation import Comparison, Derivation, Step
from studydl.verification.domain import REALS, Domain, FreeFunction, Integers, Sequence
from studydl.verification.partial import Partial

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studydl.verification.free_functions import SmoothFunction

__all__ = ["residual_product", "residual_sum"]


def _for_input(
    x: float, w: NDArray[np.float64], n: int, f: SmoothFunction, ell: SmoothFunction
) -> float:
    blocks = [np.array([[weight]]) for weight in w[:n]]
    signals = gradients.residual_forward([[x]], blocks, f)
    behind = ell.slope(signals.states[-1])
    return float(gradients.residual_backward(behind, blocks, signals, f.slope).activations[0][0, 0])


_of_blocks = Domain(
    {n: Integers(1, 6), x: REALS, w: Sequence(), f: FreeFunction(), ell: FreeFunction()}
)
_what_is_sought = Text(
    "What is sought: how the loss moves with the input of n residual blocks.",
    "要求的是损失对 n 个残差块的输入的导数。",
)
_through_the_end = Text(
    "Chain rule: the loss depends on the input through the last state.",
    "链式法则：损失经最后的状态依赖输入。",
)
_he = "He, Zhang, Ren & Sun 2016, Identity Mappings in Deep Residual Networks"

with as_written():
    _blocks: dict[Any, Any] = slopes | {
        h(Integer(0)): x,
        h(t): h(t - 1) + w[t] * f(h(t - 1)),
    }
    _branches = total(w[t] * f(h(t - 1)), t, 1, n)

    residual_product = Derivation(
        "gradients.residual-product",
        title=Text(
            "Each residual block multiplies the gradient by 1 plus its branch's slope",
            "每个残差块把梯度乘以 1 加上残差分支的导数",
        ),
        notes="O.2",
        domain=_of_blocks,
        definitions=_blocks,
        steps=(
            Step(Partial(ell(h(n)), x), _what_is_sought),
            Step(ellprime(h(n)) * Partial(h(n), x), _through_the_end),
            Step(
                ellprime(h(n)) * ((1 + w[n] * fprime(h(n - 1))) * Partial(h(n - 1), x)),
                Text(
                    "The last block adds its branch to h: slope 1 for h, and the branch's own.",
                    "最后一块把分支加到 h 上：h 的导数是 1，再加上分支自己的导数。",
                ),
            ),
            Step(
                ellprime(h(n)) * product(1 + w[t] * fprime(h(t - 1)), t, 1, n),
                Text(
                    "The same for every block before it, down to h₀ = x, whose slope is 1.",
                    "前面各块同理，直到 h₀ = x，它的导数为 1。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.gradients.residual_backward, input", _for_input),),
        sources=(f"{_he}, section 2",),
    )

    residual_sum = Derivation(
        "gradients.residual-sum",
        title=Text(
            "A residual path hands the last gradient to the input, and adds to it",
            "残差路径把末端梯度原样传到输入，再加上各分支的贡献",
        ),
        notes="O.2",
        domain=_of_blocks,
        definitions=_blocks,
        steps=(
            Step(Partial(ell(h(n)), x), _what_is_sought),
            Step(ellprime(h(n)) * Partial(h(n), x), _through_the_end),
            Step(
                ellprime(h(n)) * Partial(x + _branches, x),
                Text(
                    "Unroll the recursion: the last state is the input plus what all blocks added.",
                    "展开递推：最后的状态等于输入加上各块所加的量。",
                ),
            ),
            Step(
                ellprime(h(n)) * (1 + Partial(_branches, x)),
                Text(
                    "The derivative of a sum; that of x itself is 1.",
                    "和的导数；x 自身的导数是 1。",
                ),
            ),
            Step(
                ellprime(h(n)) + ellprime(h(n)) * Partial(_branches, x),
                Text(
                    "Multiply out: the first term has passed no weight; the second may cancel it.",
                    "展开：第一项没有经过任何权重；第二项可能抵消它。",
                ),
            ),
        ),
        comparisons=(Comparison("nn.gradients.residual_backward, input", _for_input),),
        sources=(f"{_he}, equation 5",),
    )
