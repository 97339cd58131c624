"""Every key, explained."""
