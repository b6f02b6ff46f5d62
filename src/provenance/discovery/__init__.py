"""What a card and the files beside it say about training: mentions, then sets.

Pure: no network, no file, no clock.
"""

from provenance.discovery.align import DeclaredSet, align, join
from provenance.discovery.discover import Declaration, declare, discover, wanted_files

__all__ = ["Declaration", "DeclaredSet", "align", "declare", "discover", "join", "wanted_files"]
