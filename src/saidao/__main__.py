"""`python -m saidao`."""

import sys

from saidao.cli import main

if __name__ == "__main__":
    sys.exit(main())
