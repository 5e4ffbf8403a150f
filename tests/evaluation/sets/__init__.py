"""Gold: texts of our own and of others whose mentions or values are known, and the reading of each format."""
