"""`python -m receptionist`: the face without Qt."""

import sys

from receptionist.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
