"""Scanners: keys that come faster than anybody types, what they stand for, and what is done with it."""
