"""Links that a repository holds in place of files: what of them is not searched. Pure."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping

from provenance.checking.references.kinds import kind_of
from provenance.report.checked import FileProblem


def link_problems(links: Mapping[str, str], paths: Collection[str]) -> list[FileProblem]:
    """Links under a name that is searched, to what is not searched under its own.

    Args:
        links: where each link of the repository leads, by its path.
        paths: the files that are searched, where they stand.

    """
    known = set(paths)
    problems = []
    for path, target in sorted(links.items()):
        kind = kind_of(path)
        if kind in {None, "list", "script"}:
            continue
        leads = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if leads in links:
            continue  # it is a link itself, and spoken of there
        if not (leads in known and kind_of(leads) == kind):
            problems.append(FileProblem(path, None, f"a link to {target}: not searched"))
    return problems
