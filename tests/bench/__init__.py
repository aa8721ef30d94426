"""The bench: made-up portfolios of any size, what is asked of them, and what it is measured beside."""
