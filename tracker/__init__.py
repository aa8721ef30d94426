"""The frame: settings, addresses, server entry, middleware. It knows nothing of projects (`projects/`)."""
