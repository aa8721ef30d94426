"""The record's pure rules: plain values in, plain values out; no database, no settings, no sentences.

Rules are numbered as in docs/architecture.md, "what holds".
"""
