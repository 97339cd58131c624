"""The rules that decks are held to. ``docs/deck-format.md`` tells them to authors."""

from __future__ import annotations

from typing import NamedTuple

from studydl.cards.problems import Severity

__all__ = ["RULES", "Rule"]


class Rule(NamedTuple):
    """What a rule asks for, and what breaking it costs."""

    severity: Severity
    about: str


_ERROR, _WARNING = Severity.ERROR, Severity.WARNING

RULES = {
    "file": Rule(_ERROR, "A deck is a readable UTF-8 file without BOM, of at most 8 MB."),
    "yaml": Rule(_ERROR, "One plain YAML document: no anchors, types, merge keys, repeated keys."),
    "key": Rule(_ERROR, "Every key is a known one, and no required one is missing."),
    "type": Rule(_ERROR, "Every value has the shape that its key asks for."),
    "kind": Rule(_ERROR, "Every answer has a known kind."),
    "text": Rule(_ERROR, "A text is not empty and is not read as something else by YAML."),
    "duplicate-id": Rule(_ERROR, "An id stands once over all decks."),
    "unknown-card": Rule(_ERROR, "A required card exists."),
    "cycle": Rule(_ERROR, "Cards do not require each other in a circle."),
    "unknown-claim": Rule(_ERROR, "The claim of a card exists."),
    "unknown-misconception": Rule(
        _ERROR, "Distractors and mistakes name the claim's misconceptions."
    ),
    "unknown-quantity": Rule(_ERROR, "What computes a varied number is a quantity of the claim."),
    "unknown-derivation": Rule(_ERROR, "The derivation of a card exists."),
    "formula": Rule(_ERROR, "Every formula is closed, not empty, and can be drawn."),
    "same-option": Rule(_ERROR, "The options of a choice differ."),
    "blank": Rule(_ERROR, "Each blank stands once in either text; its words and mistakes differ."),
    "parameter": Rule(
        _ERROR, "What is drawn is shown, 2 to 64 variants differ and can be computed."
    ),
    "mistake": Rule(_ERROR, "A known wrong number is not the right one, nor another mistake."),
    "formula-answer": Rule(
        _ERROR, "A formula asked for is derived, can be read, and has its form."
    ),
    "program": Rule(_ERROR, "Starter and solution define the function, with the same parameters."),
    "language": Rule(_ERROR, "The English text is English, the Chinese text Chinese."),
    "unverified": Rule(_WARNING, "A card stands on a claim; what stands on none is not verified."),
    "near-duplicate": Rule(_WARNING, "No two cards ask the same in other words."),
    "yes-no": Rule(_WARNING, "A question to recall asks for more than yes or no."),
    "one-question": Rule(_WARNING, "A card asks one question."),
    "long-answer": Rule(_WARNING, "An answer to recall is short: 240 characters, 120 in Chinese."),
    "answer-leak": Rule(_WARNING, "The question does not contain its answer."),
    "enumeration": Rule(_WARNING, "A card does not ask for a list; make a card of each item."),
    "number-shown": Rule(_WARNING, "Question or explanation show the number that is asked for."),
    "ambiguous": Rule(_WARNING, "A formula asked for is written so that it is read in one way."),
    "punctuation": Rule(_WARNING, "Explanations and reasons end as sentences do."),
}
