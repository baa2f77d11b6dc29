"""How the shop works, as an administrator sets it."""
