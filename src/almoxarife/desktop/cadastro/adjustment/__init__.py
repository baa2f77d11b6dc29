"""Registering what was lost, or counted otherwise."""
