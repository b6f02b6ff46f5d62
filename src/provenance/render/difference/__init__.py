"""What changed between two reports, found and written."""
