"""The parts that several kinds of record are made of, one file a part."""
