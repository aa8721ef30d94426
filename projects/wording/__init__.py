"""How dates, money, figures, refusals and verdicts read, in Chinese and in English; no database.

The language is Django's active one. Sentences stand in the catalogue under `projects/locale`; dates and
units, where word order differs too much for it, in small tables of both languages (`language.either`).
What is decided rather than said is in `rules`; the words for single codes are in `choices`.
"""
