"""The statistical recognizer that ships with the program: its words and pieces, its training, and its use."""
