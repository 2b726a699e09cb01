"""Official papers of units: their heads, who signs, their own wording; the one door to every document; the checker of Word files."""
