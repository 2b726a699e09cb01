"""What people do with their proofs; and what happens to these when an account changes."""

from ._withdrawing import after_account as after_account
