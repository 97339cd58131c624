"""The screen of what can be done while a claim is broken."""
