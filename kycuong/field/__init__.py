"""The phone in the field: a whole visit without a signal, and nothing ever lost."""
