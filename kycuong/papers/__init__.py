"""An engine: official documents as data, written as Word and PDF by one format profile, and Word files checked against it."""
