"""The JSON Schema of `nianbao.report/1`, published as `assistant/files/schema/report-1.json`.

`python -m assistant.files.writers.json_schema` prints it; a test compares the published file.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from assistant.domain.saved import SavedReport
from assistant.files.writers.json_writer import SCHEMA


class _ExactNumbers(GenerateJsonSchema):
    """Decimals are written as JSON numbers."""

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "number"}


def report_schema() -> dict[str, Any]:
    """The schema as a JSON value (draft 2020-12)."""
    schema = SavedReport.model_json_schema(schema_generator=_ExactNumbers)
    schema["properties"] = {"schema": {"const": SCHEMA}, **schema["properties"]}
    schema["required"] = ["schema", *schema["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"urn:{SCHEMA.replace('/', ':')}", **schema}


def report_schema_text() -> str:
    """The schema as published."""
    return json.dumps(report_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(report_schema_text())
