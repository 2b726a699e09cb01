"""The proofs themselves: a code of an app, a passkey, a recovery code, a key of a program, an identity provider."""
