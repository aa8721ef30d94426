"""The rules of the monthly report: plain values in, plain values out."""
