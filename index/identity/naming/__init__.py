"""Keys of names: what of a name is compared, and what is known of its words."""
