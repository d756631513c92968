"""Start the dashboard, open it in the browser, and keep it running."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PATIENCE_SECONDS = 60


def serve(port: int, opens_browser: bool) -> None:
    """Serve app.py on this machine until it is told to stop."""
    url = f"http://{HOST}:{port}"
    if opens_browser and not os.environ.get("CI"):
        subprocess.Popen([sys.executable, "-m", "quarterdeck.serving", url], cwd=ROOT)
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    where = ["--server.address", HOST, "--server.port", str(port)]
    if sys.platform == "win32":
        subprocess.run([*command, *where], cwd=ROOT, check=False)
        return
    os.chdir(ROOT)
    os.execv(sys.executable, [*command, *where])


def open_when_ready(url: str) -> None:
    """Wait until the server answers, then show it; a machine without a browser shows nothing."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=1):
                break
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    webbrowser.open(url)


if __name__ == "__main__":
    open_when_ready(sys.argv[1])
