"""What is claimed of hyperparameters: what sets them apart, and how they are chosen.

The notes number their last three headings 1.3 to 1.5 a second time. They are called Z.3, Z.4 and
Z.5 here and in the decks. Z.3 and Z.4, on hyperparameters, are headings without any text below
them: the claims answer what the headings ask.
"""
