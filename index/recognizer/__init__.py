"""The recognizer that ships with the program: words, pieces and windows of a text, and the network that labels them."""
