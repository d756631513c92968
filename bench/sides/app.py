"""The sides, served as the dashboard is."""

import streamlit as st

from quarterdeck.ui import routes

app = st.App("frame.py", lifespan=routes.settled)
