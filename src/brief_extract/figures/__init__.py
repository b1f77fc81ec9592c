"""Figures: the numbers of the prose with value, unit, change and what they are of, and its dates."""

from brief_extract.figures.of_document import figures_of
from brief_extract.figures.reference import written_on

__all__ = ["figures_of", "written_on"]
