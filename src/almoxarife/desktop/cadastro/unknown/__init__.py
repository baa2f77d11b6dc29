"""Codes that were scanned and nobody knows: a product is made for one, or one gets it, without leaving the work."""
