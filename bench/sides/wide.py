"""The sides for a crowd: the database takes as much memory as it would by itself."""

import streamlit as st

from quarterdeck import headroom
from quarterdeck.ui import routes

headroom._A_THREAD = 2**30

app = st.App("frame.py", lifespan=routes.settled)
