"""What the notes state on optimisers (section 5), and what measuring makes of it."""
