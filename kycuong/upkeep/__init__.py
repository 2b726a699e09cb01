"""Looking after an installation: what is wrong with it and how to mend that, what it measures of itself, whom to tell of a weakness."""
