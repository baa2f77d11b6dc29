"""How much there is, where and of which lot."""
