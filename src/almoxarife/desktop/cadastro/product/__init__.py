"""All about one product, in tabs."""
