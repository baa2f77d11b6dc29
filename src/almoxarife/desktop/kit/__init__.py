"""Pieces that every window is made of."""
