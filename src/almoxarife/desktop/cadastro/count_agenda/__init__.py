"""What to count next, and how right the ledger was."""
