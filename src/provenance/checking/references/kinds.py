"""Which finder reads a file, by its name."""

from __future__ import annotations

import re

from provenance.checking.references.foreign import SUFFIXES as FOREIGN
from provenance.checking.references.installs import installs
from provenance.checking.references.templates import made_by
from provenance.checking.references.unsaid import LISTS

_NAMES = {
    "Makefile": "shell",
    "makefile": "shell",
    "GNUmakefile": "shell",
    "Dockerfile": "shell",
    "Justfile": "shell",
    "justfile": "shell",
    "Procfile": "shell",
    "Modelfile": "shell",
    "MLproject": "config",
    "Jenkinsfile": "foreign",
    ".env": "shell",
    ".gitmodules": "addresses",
    "Earthfile": "shell",
    "Snakefile": "mixed",
    ".bashrc": "shell",
    ".bash_profile": "shell",
    ".bash_aliases": "shell",
    ".bash_login": "shell",
    ".profile": "shell",
    ".zshrc": "shell",
    ".zshenv": "shell",
    ".zprofile": "shell",
    ".kshrc": "shell",
    ".cshrc": "shell",
    ".tcshrc": "shell",
    "SConstruct": "python",
    "wscript": "python",
}
_PROSE = frozenset(
    {
        "AUTHORS", "CHANGELOG", "CHANGES", "CODEOWNERS", "CONTRIBUTING", "CONTRIBUTORS", "COPYING",
        "COPYRIGHT", "CREDITS", "HISTORY", "INSTALL", "LICENCE", "LICENSE", "MAINTAINERS", "NEWS",
        "NOTICE", "OWNERS", "PATENTS", "README", "SECURITY", "TODO", "VERSION",
    }
)  # fmt: skip
"""Files without a suffix that nothing runs; another may start with the line of a script."""
_SHELLS = (
    "sh", "bash", "zsh", "ksh", "bat", "cmd", "ps1", "command", "mk", "slurm", "sbatch", "pbs",
    "qsub", "lsf", "bsub", "dockerfile", "env", "envrc", "psm1", "fish", "csh", "tcsh",
)  # fmt: skip
_BY_SUFFIX = {
    **dict.fromkeys(LISTS, "list"),
    **dict.fromkeys(FOREIGN, "foreign"),
    **dict.fromkeys(("py", "pyw", "wsgi", "pyi", "py3"), "python"),
    "ipynb": "notebook",
    **dict.fromkeys(_SHELLS, "shell"),
    **dict.fromkeys(("yaml", "yml", "toml", "json", "jsonc"), "config"),
    **dict.fromkeys(("cfg", "ini", "properties", "service", "submit", "condor"), "settings"),
    **dict.fromkeys(("conf", "hocon"), "dotconf"),
    **dict.fromkeys(("pyx", "pxd", "pxi", "smk", "ipy", "sage", "xsh"), "mixed"),
    **dict.fromkeys(("md", "markdown", "mdx", "qmd", "rmd"), "card"),
}


_MADE_OF = re.compile(
    r"(?:Dockerfile|dockerfile|Containerfile|Makefile|makefile|GNUmakefile|Justfile|Modelfile|Procfile)"
    r"(?:[._-]|$)|Containerfile|\.env[._-]"
)
"""Names that say what reads a file, whatever is behind them (``Dockerfile_gpu``)."""
_TEXTS = frozenset(
    {"md", "txt", "rst", "py", "json", "yaml", "yml", "j2", "jinja", "jinja2", "tmpl"}
)


def kind_of(path: str) -> str | None:
    """Which finder reads a file; ``None`` for none."""
    made = made_by(path)
    if made is not None:
        return "template" if kind_of(made) not in {None, "list", "template"} else None
    name = path.rpartition("/")[2]
    if name in _NAMES:
        return _NAMES[name]
    if _MADE_OF.match(name) is not None and name.rpartition(".")[2].lower() not in _TEXTS:
        return "shell"
    if name.endswith(".in") and installs(path):
        return "addresses"
    if "." in name:
        return _BY_SUFFIX.get(name.rpartition(".")[2].lower())
    return None if name in _PROSE else "script"
