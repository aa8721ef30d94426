"""Downloads, feeds and calendars."""
