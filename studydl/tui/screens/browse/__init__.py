"""The screen of what can be done among all cards."""
