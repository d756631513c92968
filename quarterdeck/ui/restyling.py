"""In which style do letters go out: the built-in one, or the organisation's own?"""

from __future__ import annotations

from functools import lru_cache, partial
from hashlib import sha256

import streamlit as st

from quarterdeck.commands.templates import (
    LARGEST,
    MAY_RESTYLE,
    DropTemplate,
    drop_template,
    keep_command,
    keep_template,
)
from quarterdeck.refusal import Refused
from quarterdeck.ui import session
from quarterdeck.ui.cards import note, refusal, say
from quarterdeck.ui.downloads import download_bytes
from quarterdeck.ui.planning import act

LETTER = "letter"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def restyle(own: bytes | None) -> None:
    """The template to change in Word, and the organisation's own one."""
    with st.popover(
        "Restyle", icon=":material/format_paint:", key="plan restyle", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        say(f"**Letters use {'your own' if own else 'the built-in'} template.**")
        note("Change it in Word, and keep what stands in {{ }}: names and numbers go there.")
        download_bytes(
            "The built-in template", _built_in, "letter.docx", key="plan template", mime=DOCX
        )
        if session.viewer().role not in MAY_RESTYLE:
            return
        dropped = st.file_uploader(
            "Your own",
            type="docx",
            max_upload_size=LARGEST >> 20,
            key=f"plan own template {sha256(own or b'').hexdigest()[:12]}",
        )
        if dropped:
            _offered(dropped.getvalue())
        if own:
            st.button(
                "Use the built-in one again",
                icon=":material/undo:",
                key="plan template drop",
                on_click=act,
                args=(drop_template, DropTemplate(LETTER)),
            )


def _offered(content: bytes) -> None:
    fault = fault_of(content)
    if fault:
        refusal(fault, "Nothing was kept")
        return
    st.button(
        "Use this template",
        icon=":material/check:",
        key="plan template keep",
        on_click=act,
        args=(partial(keep_template, content=content), keep_command(LETTER, content)),
    )


def _built_in() -> bytes:
    from quarterdeck.exports.letters import template

    return template(LETTER)


@lru_cache(maxsize=4)
def fault_of(content: bytes) -> Refused | None:
    """Why a template cannot be used; looked through once."""
    from quarterdeck.exports.letters import check_template

    try:
        check_template(content, LETTER)
    except Refused as refused:
        return refused
    return None
