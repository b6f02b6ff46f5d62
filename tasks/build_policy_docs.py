"""Write what is made from rules and policies; run after changing one.

docs/rules/*.md, policies/schema.json and src/provenance/policy/read_presets.json.

python tasks/build_policy_docs.py
"""

from __future__ import annotations

import json
from pathlib import Path

from provenance.policy.document import Json, read_document
from provenance.policy.pages import DISCLAIMER, NEVER_LESS, acceptance, level_of
from provenance.policy.presets import preset_names, preset_text
from provenance.policy.rules import Rule, all_rules
from provenance.policy.rules.law import law_of
from provenance.policy.schema import policy_model

ROOT = Path(__file__).resolve().parents[1]
_SCHEMA_ID = "urn:provenance-audit:schema:policy-1"


def page(rule: Rule) -> str:
    """A rule's documentation page in Markdown."""
    floor = f" It {NEVER_LESS}." if rule.floor is not None else ""
    setting = (
        f"`{rule.setting}` in the policy file; `{level_of(rule)}` unless a policy says "
        f"otherwise.{floor}"
    )
    waive = "\n".join(acceptance(rule))
    if waive:
        waive = f"\n## Accepting it\n\n```yaml\n{waive}\n```\n"
    return (
        f"# {rule.code}: {rule.title}\n\n"
        "<!-- written by `tasks/build_policy_docs.py` from the rule itself -->\n\n"
        f"{rule.description}\n\n"
        f"{DISCLAIMER}\n\n"
        f"| | |\n| --- | --- |\n| Setting | {setting} |\n| Looks at | {_cell(rule.looks_at)} |\n"
        f"| Basis | {_cell(rule.basis)}{_law(rule)} |\n"
        f"| Remedy | {_cell(rule.remedy)} |\n{waive}"
    )


def _law(rule: Rule) -> str:
    """As of when the law behind a rule was read, and where."""
    law = law_of(rule.code)
    if law is None:
        return ""
    places = ", ".join(f"<{url}>" for url in law.sources)
    return f" ({law.words}{': ' if places else ''}{places})"


def index_page() -> str:
    """The list of all rules in Markdown."""
    rows = "\n".join(
        f"| [{r.code}]({r.code}.md) | {_cell(r.title)} | `{r.setting}` | {level_of(r)} |"
        for r in all_rules().values()
    )
    return (
        "# Rules\n\n"
        "<!-- written by `tasks/build_policy_docs.py` from the rules themselves -->\n\n"
        f"{DISCLAIMER} Codes are stable and never reused. `provenance explain CODE` says the same "
        "offline.\n\n"
        "| code | rule | setting | severity of its own |\n| --- | --- | --- | --- |\n"
        f"{rows}\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def read_again() -> str:
    """The text of ``read_presets.json``, from the presets themselves: a line for each."""
    parts = []
    for name in preset_names():
        document = read_document(preset_text(name), name)
        placed = [
            {pointer: [mark.line, mark.column] for pointer, mark in marks.items()}
            for marks in (document.marks, document.key_marks)
        ]
        read = json.dumps([document.data, *placed], ensure_ascii=False, separators=(",", ":"))
        parts.append(f'"{name}":{read}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def json_schema() -> dict[str, Json]:
    """The JSON Schema of a policy file (draft 2020-12), for editors."""
    schema = policy_model().model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": _SCHEMA_ID}
    return {**head, **schema}


def schema_text() -> str:
    """The JSON Schema as it stands in ``policies/schema.json``."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


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
