"""News in seventeen languages, with the values that a reader takes from it."""
