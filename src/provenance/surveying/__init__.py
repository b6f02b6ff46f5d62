"""Many subjects, one table: a row for each, and what they add up to."""
