"""The rules of accounts: plain values in, plain values out."""
