"""The pages of units and of people."""
