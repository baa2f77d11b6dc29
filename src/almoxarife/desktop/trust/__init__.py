"""Meeting a server that encrypts for the first time: a person compares its fingerprint."""
