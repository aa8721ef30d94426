"""Accounts: users, roles, one-time links, signing in, the second factor."""
