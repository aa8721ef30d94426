"""The chain of what was done, and the data version that every publishing action raises."""
