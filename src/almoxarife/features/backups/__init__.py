"""Copies of the whole database: made while entries come in, proved at once, and put back."""
