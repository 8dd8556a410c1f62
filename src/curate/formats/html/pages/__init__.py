"""The pages of the site, one kind of page a file."""
