"""Letters that Unicode has more than once: superscripts, subscripts, bold, script, blackboard."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["ALPHABETS", "Alphabet", "subscript", "superscript"]

Alphabet = Callable[[str], str]

_SUPERSCRIPTS = dict(
    zip(
        "0123456789+−-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ⊤′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡᵀ′",
        strict=True,
    )
)
_SUBSCRIPTS = dict(
    zip(
        "0123456789+−-=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)

# The letters that Unicode had before it added the mathematical alphabets.
_SCRIPT = dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True))
_BLACKBOARD = dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True))

_GREEK_CAPITALS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡϴΣΤΥΦΧΨΩ∇"
_GREEK_SMALL = "αβγδεζηθικλμνξοπρςστυφχψω∂ϵϑϰϕϱϖ"


def superscript(text: str) -> str | None:
    """`text` in raised glyphs, or None where Unicode lacks one."""
    raised = _in_glyphs(text, _SUPERSCRIPTS)
    return raised and raised.replace("′′′", "‴").replace("′′", "″")


def subscript(text: str) -> str | None:
    """`text` in lowered glyphs, or None where Unicode lacks one."""
    return _in_glyphs(text, _SUBSCRIPTS)


def _in_glyphs(text: str, glyphs: dict[str, str]) -> str | None:
    found = [glyphs.get(letter, "") for letter in text]
    return "".join(found) if all(found) else None


def _plain(letter: str) -> str:
    return letter


def _bold(letter: str) -> str:
    if letter in _GREEK_CAPITALS:
        return chr(0x1D6A8 + _GREEK_CAPITALS.index(letter))
    if letter in _GREEK_SMALL:
        return chr(0x1D6C2 + _GREEK_SMALL.index(letter))
    return _shifted(letter, 0x1D400, 0x1D7CE)


def _script(letter: str) -> str:
    return _SCRIPT.get(letter) or _shifted(letter, 0x1D49C, None)


def _blackboard(letter: str) -> str:
    return _BLACKBOARD.get(letter) or _shifted(letter, 0x1D538, 0x1D7D8)


def _shifted(letter: str, capital_a: int, zero: int | None) -> str:
    """The letter in the alphabet whose A is at `capital_a` and whose digits begin at `zero`."""
    if "A" <= letter <= "Z":
        return chr(capital_a + ord(letter) - ord("A"))
    if "a" <= letter <= "z":
        return chr(capital_a + 26 + ord(letter) - ord("a"))
    if zero is not None and "0" <= letter <= "9":
        return chr(zero + ord(letter) - ord("0"))
    return letter


# The macros that choose an alphabet. Italics and sans serif mean nothing in a terminal.
ALPHABETS: dict[str, Alphabet] = {
    "\\mathrm": _plain,
    "\\mathit": _plain,
    "\\mathsf": _plain,
    "\\mathtt": _plain,
    "\\mathnormal": _plain,
    "\\mathbf": _bold,
    "\\boldsymbol": _bold,
    "\\bm": _bold,
    "\\mathbb": _blackboard,
    "\\mathcal": _script,
    "\\mathscr": _script,
}
