"""What a record's figures, and the numbers in its claims, are held against."""
