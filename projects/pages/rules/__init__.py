"""What a file from a stranger may not name: plain values in, plain values out."""
