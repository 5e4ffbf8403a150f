"""Numbers of sums: in digits, in words, with scale words, and the small words around them."""
