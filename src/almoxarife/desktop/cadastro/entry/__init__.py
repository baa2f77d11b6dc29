"""Registering what came in."""
