"""The addresses of this site: how they are made, how they are read, and those of neighbouring searches."""
