"""The log of reviews, and what follows from it: states, due times, intervals. Knows cards by id only."""
