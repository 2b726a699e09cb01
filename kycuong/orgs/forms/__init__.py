"""The shape of what is typed about units: a day, a search, a reorganisation of each kind."""
