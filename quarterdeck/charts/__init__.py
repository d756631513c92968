"""Constant pictures: column names in, a Vega-Lite spec out; no rows, no Streamlit."""
