r"""Every symbol that a formula may hold: its macro, its Unicode glyph, its ASCII spelling.

A symbol is added by one line in one table. Greek follows what terminal fonts draw best: `\epsilon`
and `\phi` are the everyday letters, the var-forms are the symbol variants, and the two differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studydl.notation.tree import Kind, Space, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "ACCENTS",
    "ASCII_DELIMITERS",
    "CHARACTERS",
    "DELIMITERS",
    "DELIMITER_LATEX",
    "FUNCTIONS",
    "MACROS",
    "MATES",
]

_GREEK = """
alpha α    beta β    gamma γ   delta δ    epsilon ε  zeta ζ   eta η   theta θ   iota ι
kappa κ    lambda λ  mu μ      nu ν       xi ξ       omicron ο  pi π  rho ρ     sigma σ
tau τ      upsilon υ phi φ     chi χ      psi ψ      omega ω  digamma ϝ
varepsilon ϵ  vartheta ϑ  varpi ϖ  varrho ϱ  varsigma ς  varphi ϕ  varkappa ϰ
Gamma Γ    Delta Δ   Theta Θ   Lambda Λ   Xi Ξ       Pi Π     Sigma Σ Upsilon Υ Phi Φ
Psi Ψ      Omega Ω
"""

# Each line: macro, glyph, ASCII.
_ORDINARY = r"""
infty ∞ inf
partial ∂ partial
nabla ∇ nabla
ell ℓ l
hbar ℏ hbar
Re Re Re
Im Im Im
forall ∀ forall
exists ∃ exists
nexists ∄ not exists
neg ¬ not
lnot ¬ not
emptyset ∅ {}
varnothing ∅ {}
top ⊤ T
bot ⊥ _|_
angle ∠ angle
prime ′ '
dagger † +
ldots … ...
dots … ...
dotsc … ...
cdots ⋯ ...
dotsb ⋯ ...
vdots ⋮ :
ddots ⋱ ...
square □ []
checkmark ✓ ok
% % %
$ $ $
# # #
& & &
_ _ _
imath ı i
jmath ȷ j
"""

_BINARY = """
pm ± +/-
mp ∓ -/+
times × *
cdot · *
div ÷ /
ast ∗ *
star ⋆ *
circ ∘ o
bullet • *
odot ⊙ .*
otimes ⊗ otimes
oplus ⊕ oplus
ominus ⊖ ominus
cap ∩ intersect
cup ∪ union
setminus ∖ minus
wedge ∧ and
land ∧ and
vee ∨ or
lor ∨ or
bmod mod mod
"""

_RELATION = """
leq ≤ <=
le ≤ <=
leqslant ≤ <=
geq ≥ >=
ge ≥ >=
geqslant ≥ >=
lt < <
gt > >
neq ≠ !=
ne ≠ !=
ll ≪ <<
gg ≫ >>
approx ≈ ~=
simeq ≃ ~=
cong ≅ ~=
equiv ≡ ===
sim ∼ ~
propto ∝ propto
doteq ≐ :=
coloneqq ≔ :=
triangleq ≜ :=
in ∈ in
notin ∉ not in
ni ∋ contains
subset ⊂ subset
subseteq ⊆ subseteq
supset ⊃ supset
supseteq ⊇ supseteq
to → ->
rightarrow → ->
longrightarrow ⟶ -->
leftarrow ← <-
gets ← <-
longleftarrow ⟵ <--
leftrightarrow ↔ <->
mapsto ↦ |->
Rightarrow ⇒ =>
implies ⇒ =>
Leftarrow ⇐ <==
Leftrightarrow ⇔ <=>
iff ⇔ <=>
uparrow ↑ ^
downarrow ↓ v
mid ∣ |
parallel ∥ ||
perp ⊥ _|_
vdash ⊢ |-
models ⊨ |=
"""

_OPERATOR = """
sum ∑ sum
prod ∏ prod
coprod ∐ coprod
int ∫ int
iint ∬ iint
iiint ∭ iiint
oint ∮ oint
bigcup ⋃ union
bigcap ⋂ intersect
bigoplus ⨁ oplus
bigotimes ⨂ otimes
bigvee ⋁ or
bigwedge ⋀ and
"""

_NAMED = """
log ln lg exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth sech csch
deg dim ker hom arg
"""
_NAMED_WITH_LIMITS = "max min sup inf lim limsup liminf argmax argmin det gcd Pr"

_SPACES = {"\\,": 1, "\\:": 1, "\\;": 1, "\\ ": 1, "\\!": 0, "\\quad": 3, "\\qquad": 6, "~": 1}

_OPENING = {"(": "(", "[": "[", "\\{": "{", "\\lbrace": "{", "\\lbrack": "[", "\\langle": "⟨"}
_OPENING |= {"\\lfloor": "⌊", "\\lceil": "⌈", "\\lvert": "|", "\\lVert": "‖"}
_CLOSING = {")": ")", "]": "]", "\\}": "}", "\\rbrace": "}", "\\rbrack": "]", "\\rangle": "⟩"}
_CLOSING |= {"\\rfloor": "⌋", "\\rceil": "⌉", "\\rvert": "|", "\\rVert": "‖"}
_BARS = {"|": "|", "\\vert": "|", "\\|": "‖", "\\Vert": "‖"}
ASCII_DELIMITERS = {"⟨": "<", "⟩": ">", "‖": "||"}
ASCII_DELIMITERS |= {"⌊": "|_", "⌋": "_|", "⌈": "|^", "⌉": "^|"}

# What opens without closing, and its missing half: `\\left\\{ ... \\right.`
MATES = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉"}

# What may follow \left, \right and \middle, and the text that is drawn.
DELIMITERS = {**_BARS, **_OPENING, **_CLOSING, ".": "", "<": "⟨", ">": "⟩"}
DELIMITER_LATEX = {text: latex for latex, text in reversed(DELIMITERS.items())}

# The combining character of each accent, and the mark that stands above a wide body.
ACCENTS = {
    "hat": ("\u0302", "^"),
    "widehat": ("\u0302", "^"),
    "bar": ("\u0304", "▁"),
    "overline": ("\u0305", "▁"),
    "underline": ("\u0332", ""),
    "tilde": ("\u0303", "~"),
    "widetilde": ("\u0303", "~"),
    "vec": ("\u20d7", "→"),
    "overrightarrow": ("\u20d7", "→"),
    "dot": ("\u0307", "."),
    "ddot": ("\u0308", ".."),
    "check": ("\u030c", "v"),
    "breve": ("\u0306", "u"),
    "acute": ("\u0301", "/"),
    "grave": ("\u0300", "\\"),
    "mathring": ("\u030a", "o"),
}


def _table(lines: str, kind: Kind, *, limits: bool = False) -> Iterator[tuple[str, Symbol]]:
    for line in lines.strip().splitlines():
        name, text, spelled = line.split(maxsplit=2)
        yield f"\\{name}", Symbol(f"\\{name}", text, spelled, kind, limits)


def _greek() -> Iterator[tuple[str, Symbol]]:
    words = _GREEK.split()
    for name, letter in zip(words[::2], words[1::2], strict=True):
        yield f"\\{name}", Symbol(f"\\{name}", letter, name)


def _delimiters(table: dict[str, str], kind: Kind) -> Iterator[tuple[str, Symbol]]:
    for latex, text in table.items():
        yield latex, Symbol(latex, text, ASCII_DELIMITERS.get(text, text), kind)


def _names() -> Iterator[tuple[str, Symbol]]:
    for name in _NAMED.split():
        yield f"\\{name}", Symbol(f"\\{name}", name, name, Kind.FUNCTION)
    for name in _NAMED_WITH_LIMITS.split():
        words = {"limsup": "lim sup", "liminf": "lim inf"}.get(name, name)
        yield f"\\{name}", Symbol(f"\\{name}", words, words, Kind.FUNCTION, limits=True)


FUNCTIONS: dict[str, Symbol] = dict(_names())

_DELIMITER_SYMBOLS = {
    **dict(_delimiters(_BARS, Kind.BAR)),
    **dict(_delimiters(_OPENING, Kind.OPENING)),
    **dict(_delimiters(_CLOSING, Kind.CLOSING)),
}

# Every macro that stands for one symbol or one space.
MACROS: dict[str, Symbol | Space] = {
    **dict(_greek()),
    **dict(_table(_ORDINARY, Kind.ORDINARY)),
    **dict(_table(_BINARY, Kind.BINARY)),
    **dict(_table(_RELATION, Kind.RELATION)),
    **dict(_table(_OPERATOR, Kind.OPERATOR, limits=True)),
    **FUNCTIONS,
    **_DELIMITER_SYMBOLS,
    **{latex: Space(latex, cells) for latex, cells in _SPACES.items()},
    "\\colon": Symbol("\\colon", ":", ":", Kind.PUNCTUATION),
}

# Characters that may be typed as they are; any other letter or sign stands for itself.
CHARACTERS: dict[str, Symbol | Space] = {
    # A glyph typed directly is the symbol of the first macro that draws it.
    **{
        symbol.text: symbol
        for symbol in reversed(MACROS.values())
        if isinstance(symbol, Symbol) and len(symbol.text) == 1
    },
    **{latex: symbol for latex, symbol in MACROS.items() if not latex.startswith("\\")},
    "+": Symbol("+", "+", "+", Kind.BINARY),
    "-": Symbol("-", "−", "-", Kind.BINARY),
    "−": Symbol("-", "−", "-", Kind.BINARY),
    "*": Symbol("*", "∗", "*", Kind.BINARY),
    "=": Symbol("=", "=", "=", Kind.RELATION),
    "<": Symbol("<", "<", "<", Kind.RELATION),
    ">": Symbol(">", ">", ">", Kind.RELATION),
    ":": Symbol(":", ":", ":", Kind.RELATION),
    "!": Symbol("!", "!", "!"),
    "/": Symbol("/", "/", "/"),
    ",": Symbol(",", ",", ",", Kind.PUNCTUATION),
    ";": Symbol(";", ";", ";", Kind.PUNCTUATION),
}
