"""What was scanned on a page that registers movements, until it is registered together."""
