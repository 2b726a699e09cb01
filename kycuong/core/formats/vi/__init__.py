"""The Vietnamese way of writing dates."""
