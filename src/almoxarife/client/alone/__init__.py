"""Who may work at this computer while the server is away: who has logged in here not long ago."""
