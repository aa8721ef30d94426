"""Pure decisions: plain values in, plain values out; no database, no settings, no sentences."""
