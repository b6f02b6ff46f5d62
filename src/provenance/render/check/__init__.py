"""A check's result in every format."""
