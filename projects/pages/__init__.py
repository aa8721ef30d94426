"""What every page has: clocks, frame, fields, tags, writers of files. It knows no single page."""
