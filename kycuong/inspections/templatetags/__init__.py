"""Words of inspection pages."""
