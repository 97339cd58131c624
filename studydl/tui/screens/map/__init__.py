"""The screen of what can be done on the map of prerequisites."""
