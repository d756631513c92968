"""The frame around every page: name, navigation, the address read, the page, an honest refusal."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from quarterdeck.refusal import Refused
from quarterdeck.ui import choosing, demo, sections, session, sign_in, signing
from quarterdeck.ui.cards import headline, mode, refusal

STATIC = Path(__file__).parent / "static"

st.set_page_config(page_title="Quarterdeck", page_icon=str(STATIC / "icon.png"), layout="wide")
st.logo(str(STATIC / f"logo_{mode()}.svg"), size="large")
is_in, kept_out = sign_in.gate()
page = st.navigation(sections.menu(), position="top" if is_in else "hidden")
if not is_in:
    sign_in.show(kept_out)
    st.stop()
try:
    demo.make_ready()
    session.engine()
except Refused as refused:
    headline("Where is the data?", "The database cannot be opened.")
    refusal(refused)
    st.stop()
session.awake()
choosing.begin(page.url_path)
demo.notices(page.url_path)
page.run()
if signing.is_on():
    signing.watch()
