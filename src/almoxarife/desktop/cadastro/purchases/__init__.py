"""The page of purchases: what to buy, and what is waited for."""
