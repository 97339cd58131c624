"""One sitting: cards, memory and judging joined by id. Draws nothing."""
