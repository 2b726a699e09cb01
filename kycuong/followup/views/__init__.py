"""Pages of what follows a conclusion."""
