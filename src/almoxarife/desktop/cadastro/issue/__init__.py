"""Registering what goes out."""
