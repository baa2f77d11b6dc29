"""The desktop programs."""
