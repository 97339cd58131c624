"""What the notes state about normalisation (section 2), measured."""
