"""What does each number mean?"""

import streamlit as st

from quarterdeck.ui.audit_trail import audit_trail
from quarterdeck.ui.cards import headline
from quarterdeck.ui.definitions import finding, numbers

QUESTION = "What does each number mean?"

headline(QUESTION, finding())
defined, changed = st.tabs(["Numbers", "Audit log"], on_change="rerun", key="definitions")
if defined.open:
    with defined:
        numbers()
if changed.open:
    with changed:
        audit_trail()
