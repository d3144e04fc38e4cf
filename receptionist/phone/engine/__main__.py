"""`python -m receptionist.phone.engine ADDRESS`, started by the supervisor only."""

import sys

from receptionist.phone.engine import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
