"""What is claimed of the remedies against overfitting: one module a remedy."""
