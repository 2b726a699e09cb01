"""Pages: the phone's shell, which is the same for everybody."""
