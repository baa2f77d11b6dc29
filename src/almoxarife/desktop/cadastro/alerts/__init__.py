"""The page of alerts: what somebody should look at, and who has."""
