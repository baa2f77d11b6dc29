"""Moving everything from one database to another, of the same kind or not."""
