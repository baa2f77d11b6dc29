"""Counting the shelves."""
