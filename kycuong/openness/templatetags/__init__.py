"""Template tags of openness."""
