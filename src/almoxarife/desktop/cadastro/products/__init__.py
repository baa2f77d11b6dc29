"""Creating and finding products."""
