"""Arithmetic as people type it, computed exactly and within bounds; runs nothing that it reads."""

from studydl.cards.arithmetic.faults import ArithmeticFault
from studydl.cards.arithmetic.parser import Calculation, calculate
from studydl.cards.arithmetic.tokens import Written
from studydl.cards.arithmetic.values import Value, shown

__all__ = ["ArithmeticFault", "Calculation", "Value", "Written", "calculate", "shown"]
