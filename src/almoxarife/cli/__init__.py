"""The one command-line face."""
