"""The recognizer that ships with the program: words and pieces, training and inference."""
