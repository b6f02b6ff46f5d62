"""``audit``: from a subject to a report: walk, examine, sets, mixture, measure, judge."""
