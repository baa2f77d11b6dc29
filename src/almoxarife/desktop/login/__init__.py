"""Logging in: the same form in both programs."""
