"""The tab with the lots and serial numbers of a product, and where each has been."""
