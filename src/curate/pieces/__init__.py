"""What an export is made of: for each record what every format writes of it, made only once.

A piece follows from the record's text, from what its making asked of the other records, from the
settings and from the program. So it may be kept from one export to the next, on the disk, and is
made again as soon as one of these is another. What changes with every commit is no part of a piece:
the formats put it in when they write.
"""

from curate.pieces.drawer import Drawer
from curate.pieces.packed import packed, unpacked
from curate.pieces.pieces import Pieces
from curate.pieces.task import Maker, Task

__all__ = ["Drawer", "Maker", "Pieces", "Task", "packed", "unpacked"]
