"""What is claimed of how weights start: the schemes, and what deep networks make of them."""
