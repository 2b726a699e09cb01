"""The shapes of what is typed on the catalogue's pages."""
