"""Goods that are held back for somebody."""
