"""The screen of what can be done in the audit of the notes."""
