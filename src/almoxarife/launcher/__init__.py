"""The launcher: starts the API and the two desktop programs together, and ends them together."""
