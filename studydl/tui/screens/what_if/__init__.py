"""The screen of what can be done while a claim's parameters are turned."""
