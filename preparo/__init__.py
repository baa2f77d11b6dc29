"""The set-up: runs before any library exists, hence standard library only and Portuguese without a catalogue."""
