"""Write the JSON Schema of the report from its nouns: ``python tasks/build_schema.py``."""

from __future__ import annotations

from pathlib import Path

from provenance.report.serialize import json_schema

TARGET = Path(__file__).resolve().parents[1] / "src" / "provenance" / "report" / "report-2.json"

if __name__ == "__main__":
    TARGET.write_text(json_schema(), encoding="utf-8")
