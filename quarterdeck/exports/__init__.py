"""Files that leave the dashboard: plain values in, bytes out."""
