"""The set-up: runs before any library exists, so standard library only, Portuguese without a catalogue."""
