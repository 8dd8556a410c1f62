"""What figures can be: exact arithmetic on printed digits, without records or findings."""
