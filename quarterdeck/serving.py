"""Start the dashboard and keep it running."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def serve(port: int) -> None:
    """Serve app.py on this machine until it is told to stop."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    where = ["--server.address", "127.0.0.1", "--server.port", str(port)]
    if sys.platform == "win32":
        subprocess.run([*command, *where], cwd=ROOT, check=False)
        return
    os.chdir(ROOT)
    os.execv(sys.executable, [*command, *where])
