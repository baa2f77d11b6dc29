"""Closing periods, and opening them again."""
