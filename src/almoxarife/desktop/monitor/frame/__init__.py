"""The window around log-in and live screen."""
