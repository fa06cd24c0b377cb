"""`python -m assistant.cli` is `nianbao`."""

from assistant.cli import main

main()
