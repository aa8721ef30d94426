"""Search: names folded and spelt, the index, the question and its results."""
