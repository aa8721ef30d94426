"""Reads that span tables; a page takes a fixed number of them, whatever the number of rows."""
