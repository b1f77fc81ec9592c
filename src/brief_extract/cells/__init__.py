"""Table cells -> values: numbers, money, dates and the like, decided column by column. The text is never touched."""

from brief_extract.cells.columns import read_cells
from brief_extract.cells.readings import Reading

__all__ = ["Reading", "read_cells"]
