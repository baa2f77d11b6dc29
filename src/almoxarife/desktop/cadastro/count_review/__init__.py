"""Looking at what a count has found, and deciding."""
