"""What is claimed of gradients in depth: why they vanish or explode, and what each remedy does."""
