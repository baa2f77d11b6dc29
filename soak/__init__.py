"""What is kept going for hours under every fault; see docs/reliability.md."""
