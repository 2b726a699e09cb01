"""Pages of what other programs are told by themselves."""
