"""A list that is searched while typing, as many screens have one."""
