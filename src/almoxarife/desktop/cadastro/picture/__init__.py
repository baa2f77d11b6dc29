"""The picture of a product."""
