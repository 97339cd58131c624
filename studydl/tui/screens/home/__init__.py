"""The first screen: what there is to study."""
