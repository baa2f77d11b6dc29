"""What the routes of every feature are made with; knows Flask and the contract, no feature."""
