"""The log of acts: what was done, by whom, to which row, and proof that neither log nor rows were changed behind it."""
