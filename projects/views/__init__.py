"""Doors for the public: each view reaches, asks one query, and answers."""
