"""Taking one's own last movement back."""
