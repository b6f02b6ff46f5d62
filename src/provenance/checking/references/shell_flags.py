"""Flags and words of commands that name models and data, as patterns."""

from __future__ import annotations

import re

COMMAND = re.compile(r"\s-|\b(?:serve|download|run|pull)\s")
"""What quoted text has that is a command itself."""
ARGS = re.compile(r"(?:pretrained|model_name|model)=[^,]*(?:,|$)")
"""Arguments of a model as evaluation harnesses take them, in one word."""
NO_ROLE = frozenset({"pretrain", "pretrained"})
"""Words of a flag that say what a model is, not what it is used for."""
PAIRS = frozenset({"--lora-modules", "--lora-paths", "--lora_modules"})
"""Flags that take ``name=owner/name`` any number of times."""
REPOSITORY = re.compile(r"(?:^|_)(?:repo|repository|id|name|from|source|hf|path)$")
"""How flags end that take a repository, and say nothing of its kind."""
GGUF = frozenset({"-hf", "-hfr", "--hf-repo", "-hfd", "--hf-repo-draft"})
"""llama.cpp: ``owner/name:quantization``."""
STRICT = frozenset(
    {"model_name_or_path", "pretrained_model_name_or_path", "dataset_name", "base_model"}
)
"""Flags that take a name without an owner too."""
