"""Notices on the desk, and the outbox: e-mails and events for the webhook."""
