"""The rules of the audit: plain values in, plain values out."""
