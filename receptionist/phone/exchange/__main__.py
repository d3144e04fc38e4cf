"""`python -m receptionist.phone.exchange ADDRESS`, started by the supervisor only."""

import sys

from receptionist.phone.exchange.process import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
