"""Speed and memory, measured in one run against a named baseline: `make bench`."""
