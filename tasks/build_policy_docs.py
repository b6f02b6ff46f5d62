"""Write what is made from rules and policies; run after changing one.

docs/rules/*.md, policies/schema.json and src/provenance/policy/read_presets.json.

python tasks/build_policy_docs.py
"""

from __future__ import annotations

from pathlib import Path

from provenance.policy.pages import index_page, page
from provenance.policy.presets import read_again
from provenance.policy.rules import all_rules
from provenance.policy.schema import schema_text

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write a page a rule, their index, the JSON Schema of a policy file, the presets as read."""
    folder = ROOT / "docs" / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    for rule in all_rules().values():
        (folder / f"{rule.code}.md").write_text(page(rule), "utf-8")
    (folder / "README.md").write_text(index_page(), "utf-8")
    schema = ROOT / "policies" / "schema.json"
    schema.write_text(schema_text(), "utf-8")
    read = ROOT / "src" / "provenance" / "policy" / "read_presets.json"
    read.write_text(read_again(), "utf-8")


if __name__ == "__main__":
    main()
