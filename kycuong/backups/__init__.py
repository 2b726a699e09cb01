"""Backups: everything an installation holds, encrypted to a key that is kept elsewhere, restored into an empty place, and tried."""
