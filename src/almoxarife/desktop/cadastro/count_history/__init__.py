"""Looking at counts that have ended."""
