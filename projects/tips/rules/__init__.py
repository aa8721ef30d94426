"""The rules of tips: working days, and what may be sent and answered. No database, no Django."""
