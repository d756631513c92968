"""Pure functions: numbers and dates in, numbers and dates out."""
