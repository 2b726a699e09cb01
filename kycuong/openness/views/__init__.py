"""Pages of openness: what everybody reads, and what those who answer for it see and decide."""
