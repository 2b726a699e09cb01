"""The demonstration's visits and plans as pure data: generated from a fixed seed, marked as such, naming nobody."""
