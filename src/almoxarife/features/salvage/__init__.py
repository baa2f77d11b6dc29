"""Saving what can be saved out of a damaged SQLite file, into a new one."""
