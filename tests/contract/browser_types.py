"""python -m tests.contract.browser_types: write static/js/lib/schemas.d.ts from the code.

With the name of a file it goes there instead. json-schema-to-typescript turns the JSON Schemas of
`wire_schema` into TypeScript; the JSDoc comments of the browser's modules import these types.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from tests.contract.app_facts import assembled, facts_of
from tests.factories import ROOT

TARGET = ROOT / "static" / "js" / "lib" / "schemas.d.ts"
JSON2TS = str(ROOT / "node_modules" / ".bin" / "json2ts")
OPTIONS = ("--no-additionalProperties", "--no-style.semi", "--style.printWidth=120")
BANNER = """/**
 * The JSON that the server sends and takes. Generated from its schemas by
 * `python -m tests.contract.browser_types`; do not edit.
 */"""


def declarations(schema: dict[str, Any]) -> str:
    """The TypeScript declarations of a schema and of everything that it refers to."""
    command = [JSON2TS, f"--bannerComment={BANNER}", *OPTIONS]
    source = msgspec.json.encode(schema)
    done = subprocess.run(command, cwd=ROOT, input=source, capture_output=True, check=True)
    return re.sub(r"[ \t]+$", "", done.stdout.decode(), flags=re.MULTILINE)


def main() -> str:
    """The declarations of the app as it is assembled."""
    with tempfile.TemporaryDirectory() as folder:
        return declarations(facts_of(*assembled(Path(folder))).wire)


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET).write_text(main())
