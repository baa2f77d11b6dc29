"""The stock card (Kardex) of a product."""
