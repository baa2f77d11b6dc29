"""Movements on their way to a server: kept on this computer before they are sent, sent once, in order."""
