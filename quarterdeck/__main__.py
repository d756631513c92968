"""python -m quarterdeck"""

import errno
import os
import sys

from quarterdeck.cli import REFUSED, main

UNHEARD = {
    errno.ENOSPC: "There is no room for the answer where it goes. What was done stands.",
    errno.EPIPE: "Whoever read the answer stopped before its end.",
}

try:
    status = main(sys.argv[1:])
    sys.stdout.flush()
except OSError as error:
    if error.errno not in UNHEARD:
        raise
    # What is still in the buffer has nowhere to go: Python would try once more at its end.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.stderr.write(f"{UNHEARD[error.errno]}\n")
    status = REFUSED
sys.exit(status)
