"""`python -m api` is the `stimmbuch` command."""

from api.cli import main

main(prog_name="stimmbuch")
