"""The page of analyses: what was consumed, how the stock turns, what lies there."""
