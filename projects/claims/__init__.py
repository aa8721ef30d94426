"""Claims and statistics: entered, checked, approved, corrected; where projects stand, rebuilt."""
