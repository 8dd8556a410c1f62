"""The language server: what the terminal says, while a record is being written."""
