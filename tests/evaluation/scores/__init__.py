"""How one answer is counted against gold."""
