"""What the notes state on optimisers (5.1 and 5.4), and what measuring makes of it."""
