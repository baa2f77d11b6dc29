"""The live feed: a process of its own that follows the ledger and pushes new movements to every watcher."""
