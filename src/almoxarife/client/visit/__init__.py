"""What a desktop program remembers of its last visit at a server, to go on while that is away."""
