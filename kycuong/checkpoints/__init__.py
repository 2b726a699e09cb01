"""Checkpoints of the log for people: those that were signed, and whether one that somebody kept still agrees."""
