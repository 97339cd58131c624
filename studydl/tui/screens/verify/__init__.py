"""The screen of what can be done while everything is measured."""
