"""The screen that prints labels."""
