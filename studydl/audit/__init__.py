"""The audit of the notes: every statement with a status that follows from what was measured."""

from studydl.audit.model import Figure, Finding, Refutation, Statement, Status
from studydl.audit.reader import read_audit
from studydl.audit.status import find

__all__ = ["Figure", "Finding", "Refutation", "Statement", "Status", "find", "read_audit"]
