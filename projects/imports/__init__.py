"""Workbooks in: a file is read, its columns are matched, its rows are put right, compared and sent."""
