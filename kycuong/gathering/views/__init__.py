"""The pages of gathering: a period with its files, one file, declared beside computed."""
