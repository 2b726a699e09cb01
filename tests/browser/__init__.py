"""Stories that a person lives through, in a real browser against a live server."""
