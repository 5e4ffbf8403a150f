"""The commands of `search-cli` that need the web: `serve` and `users`."""
