"""Pure rules of workbooks: what stands where, what a cell means, what a row proposes."""
