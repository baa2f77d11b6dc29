"""Registering what is moved from one place to another."""
