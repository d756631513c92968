"""The screen: with pages/ the only room that knows Streamlit."""
