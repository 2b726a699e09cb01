"""Công khai: what the province tells everybody of its inspections, later and less than it knows."""
