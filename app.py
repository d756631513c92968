"""Quarterdeck: `make run`, or `streamlit run app.py`."""

import streamlit as st

from quarterdeck.ui import routes

app = st.App(
    "quarterdeck/ui/frame.py",
    middleware=routes.MIDDLEWARE,
    lifespan=routes.settled,
    on_script_error=routes.say_error,
)
