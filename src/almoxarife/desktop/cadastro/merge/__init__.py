"""Letting another product take the place of one."""
