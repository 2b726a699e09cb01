"""Composition: settings, addresses, the command line, the server. Knows everybody; nobody knows it."""
