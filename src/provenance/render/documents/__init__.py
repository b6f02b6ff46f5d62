"""Documents made from a report: bills of materials, notices, citations, drafts."""
