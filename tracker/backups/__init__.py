"""Backups: one file each, made while people work, checked to the last bit, restored beside the old data."""
