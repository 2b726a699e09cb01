"""Measurements of the product against named references in the same run; benchmarks/results holds what was seen."""
