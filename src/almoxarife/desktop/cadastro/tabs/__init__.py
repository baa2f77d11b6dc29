"""Several pages in one place of the navigation, a tab each."""
