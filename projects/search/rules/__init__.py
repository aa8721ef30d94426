"""The rules of search: plain values in, plain values out."""
