"""The rules of records of identity: plain values in, plain values out."""
