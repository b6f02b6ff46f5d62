"""The nouns: what one audit, scan or check found, and how it is written as JSON."""
