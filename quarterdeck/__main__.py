"""`python -m quarterdeck`: the same doors as the pages."""

import sys

from quarterdeck.cli import main

sys.exit(main(sys.argv[1:]))
