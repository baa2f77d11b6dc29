"""Movements that wait on this computer, and those that the server refused."""
