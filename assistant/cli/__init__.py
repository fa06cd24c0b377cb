"""`nianbao`: thin commands over the workflow. Text for people by default, one JSON document per input with `--format json`.

Exit status: 0 nothing wrong, 1 a finding of severity error, 2 at least one input could not be processed.
"""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is used, and looking for them reads every installed package

from assistant.cli.app import main

__all__ = ["main"]
