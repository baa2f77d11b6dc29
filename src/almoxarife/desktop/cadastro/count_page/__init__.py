"""The page on which the shelves are counted: its three tabs."""
