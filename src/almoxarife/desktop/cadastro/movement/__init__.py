"""What every screen that registers a movement is made of; each screen says only which form it is."""
