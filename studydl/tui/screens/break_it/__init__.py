"""Learning by seeing why wrong is wrong: a misconception beside the truth, measured."""
