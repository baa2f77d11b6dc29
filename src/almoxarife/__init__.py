"""Almoxarife: inventory control with an append-only, hash-chained ledger."""

__version__ = "0.1.0"
