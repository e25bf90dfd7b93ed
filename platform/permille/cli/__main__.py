"""`python -m permille.cli`: the same as the `permille` command."""

from permille.cli import main

main()
