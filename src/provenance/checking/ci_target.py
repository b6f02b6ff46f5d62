"""What a CI says that a change is to be merged into, and whether the given base is of that."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from provenance.checking.git import git
from provenance.checking.references.files import CheckedFolder
from provenance.errors import UsageError
from provenance.frozen import frozen

BRANCHES = (
    "GITHUB_BASE_REF",  # GitHub, Gitea, Forgejo
    "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",  # GitLab
    "SYSTEM_PULLREQUEST_TARGETBRANCH",  # Azure: refs/heads/main
    "CHANGE_TARGET",  # Jenkins
    "BITBUCKET_PR_DESTINATION_BRANCH",
)
"""Variables by which a CI names the branch; each is set for pull requests only."""
_COMMIT = "CI_MERGE_REQUEST_DIFF_BASE_SHA"


@frozen
class CiTarget:
    """The branch that a change is to be merged into, as the CI names it."""

    variable: str
    branch: str
    commit: str = ""
    """A commit of that branch, where the CI says one."""


def target_in(environment: Mapping[str, str]) -> CiTarget | None:
    """What the CI says; ``None``: this is no pull request, or no CI that is known."""
    for variable in BRANCHES:
        branch = environment.get(variable, "").removeprefix("refs/heads/")
        if branch:
            return CiTarget(variable, branch, environment.get(_COMMIT, ""))
    return None


def tip_of(repository: CheckedFolder, target: CiTarget) -> str | None:
    """The commit that the branch is at, as far as it was fetched; ``None``: it was not.

    What the remote has goes before a local branch, which a step of the workflow can make.
    """
    for name in (f"refs/remotes/origin/{target.branch}", f"refs/heads/{target.branch}"):
        commit = _commit(repository, name)
        if commit is not None:
            return commit
    return None


def hold_to_target(
    repository: CheckedFolder, target: CiTarget, reference: str, commit: str
) -> None:
    """Refuse a base that is no commit of the branch: it has commits of the change itself.

    Args:
        repository: where the change is checked out.
        target: what the CI says.
        reference: the base as given.
        commit: the merge base that it comes to.

    Raises:
        UsageError: the base is not of the branch. A branch that was not fetched shows nothing.

    """
    named = _commit(repository, target.commit) if target.commit else None
    tips = [tip for tip in (tip_of(repository, target), named) if tip is not None]
    if tips and not any(_is_of(repository, commit, tip) for tip in tips):
        raise UsageError(
            f"--diff-base {reference!r} is {commit[:12]}, no commit of {target.branch!r}, which "
            f"this change is to be merged into ({target.variable}): what the change itself did "
            "before would not be judged"
        )


def _is_of(repository: CheckedFolder, commit: str, tip: str) -> bool:
    with suppress(UsageError):
        return git(repository.root, "merge-base", commit, tip).decode().strip() == commit
    return False


def _commit(repository: CheckedFolder, name: str) -> str | None:
    if name.startswith("-"):
        return None
    with suppress(UsageError):
        answer = git(repository.root, "rev-parse", "--verify", "-q", f"{name}^{{commit}}")
        return answer.decode().strip()
    return None
