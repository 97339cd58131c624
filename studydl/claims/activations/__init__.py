"""What is claimed of the activation functions: one module a function, one that compares them."""
