"""Alerts in the monitor: a strip in colour, and a sound when one is raised."""
