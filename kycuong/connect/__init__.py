"""What other programs of a person are told by themselves: the calendar on a phone."""
