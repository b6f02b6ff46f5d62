"""The pre-merge gate: what a repository references, and whether that is allowed."""
