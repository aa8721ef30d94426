"""What a list may be narrowed by: one filter set for pages and exports."""
