"""What is claimed of loss functions: what a cross-entropy is worth, its gradients, its benefits.

The notes number their last three headings 1.3 to 1.5 a second time. They are called Z.3, Z.4 and
Z.5 here and in the decks; cross-entropy is Z.5, hyperparameters are Z.3 and Z.4.
"""
