"""Pages: the phone's shell, which is the same for everybody; at the desk, phones and what came in from them."""
