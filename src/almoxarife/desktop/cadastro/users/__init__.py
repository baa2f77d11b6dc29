"""Who may use the system, and how far."""
