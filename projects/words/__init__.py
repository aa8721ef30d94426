"""How values read in Chinese and in English: dates, figures, verdicts, refusals; no database."""
