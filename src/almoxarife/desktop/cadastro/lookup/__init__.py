"""A field in which one thing of many is found by typing: a product, a partner."""
