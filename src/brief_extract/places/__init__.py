"""Places: names of a document to points on Earth, by a gazetteer that comes with the package.

``locate`` gives the entities of a document their places. ``resolve`` answers for any names in a text.
"""

from __future__ import annotations

from brief_extract.places.attach import LABELS, locate, name_of, place_of, pointed_to
from brief_extract.places.resolve import Choice, Name, resolve

__all__ = ["LABELS", "Choice", "Name", "locate", "name_of", "place_of", "pointed_to", "resolve"]
