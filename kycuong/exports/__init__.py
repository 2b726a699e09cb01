"""Every list as a file, under the rights of whoever asks: at once when it is short, in the background when it is long."""
