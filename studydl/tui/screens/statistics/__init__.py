"""The screen of what can be done among the statistics."""
