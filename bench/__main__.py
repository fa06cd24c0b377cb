"""`python -m bench [SUITE[=SIZE]…]`: every module of this folder with a function `suite` is measured and printed; `many=300` takes 300 pairs."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path

from bench.harness import Suite, line


def main(names: list[str]) -> None:
    """Measure the named suites, or all."""
    found = sorted(
        path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in {"__init__", "__main__", "harness", "sample"}
    )
    sys.stdout.write(f"{os.cpu_count()} 核，开始时负载 {os.getloadavg()[0]:.1f}\n")
    for name in names or found:
        name, _, size = name.partition("=")
        suite: Suite = import_module(f"bench.{name}").suite
        sys.stdout.write(f"\n== {name} ==\n")
        for measure in suite(int(size)) if size else suite():
            sys.stdout.write(line(measure) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
