"""Write docs/rules/*.md and policies/schema.json from the rules; run after changing a rule.

python tasks/build_policy_docs.py
"""

from __future__ import annotations

from pathlib import Path

from provenance.policy.pages import index_page, page
from provenance.policy.rules import all_rules
from provenance.policy.schema import schema_text

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Write one page a rule, their index and the JSON Schema of a policy file."""
    folder = ROOT / "docs" / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    for rule in all_rules().values():
        (folder / f"{rule.code}.md").write_text(page(rule), "utf-8")
    (folder / "README.md").write_text(index_page(), "utf-8")
    schema = ROOT / "policies" / "schema.json"
    schema.write_text(schema_text(), "utf-8")


if __name__ == "__main__":
    main()
