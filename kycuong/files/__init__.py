"""Files kept by the hash of their content: what was sent, unchanged; and a copy to show, without what it tells of place and camera."""
