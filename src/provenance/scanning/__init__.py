"""Record-level licenses in the data itself, counted on an engine."""
