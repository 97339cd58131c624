"""The screen of what can be done in the settings."""
