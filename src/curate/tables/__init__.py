"""The records as tidy tables, for the formats that are made of tables: what rows and columns say.

How a table is written down is its format's business: nothing here knows of files, quotes or guards.
"""
