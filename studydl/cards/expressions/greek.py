"""Greek letters, and how names spell them."""

from __future__ import annotations

__all__ = ["LETTERS", "MACROS", "NAMES", "SPELLINGS"]

_PAIRS = """
alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν
xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω
Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
"""
_WORDS = _PAIRS.split()

LETTERS = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""Letters by name. Capitals that look like Latin ones are left out: they would be mistaken."""

NAMES = {letter: name for name, letter in LETTERS.items()}

# As programs abbreviate them.
_SHORT = {"eps": "epsilon", "lam": "lambda"}

SPELLINGS: dict[str, tuple[str, ...]] = {name: (name, letter) for name, letter in LETTERS.items()}
"""Every way to write a part of a name that is a Greek letter."""
for _short, _name in _SHORT.items():
    SPELLINGS[_name] = SPELLINGS[_short] = (_name, _short, LETTERS[_name])

MACROS = {**LETTERS, **{f"var{name}": LETTERS[name] for name in ("epsilon", "theta", "phi", "rho")}}
"""Letters by LaTeX macro, without its backslash."""
