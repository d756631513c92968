"""What is shown, kept under a name: found again in one click, opened first, shared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from quarterdeck.commands.views import LONGEST_NAME, DropView, KeepView, drop_view, keep_view
from quarterdeck.refusal import Refused
from quarterdeck.ui import choosing, kept, sections, session
from quarterdeck.ui.cards import note, refusal
from quarterdeck.ui.plain import plain

View = dict[Any, Any]
"""A row of queries/saved_views.sql."""
_REFUSED = "view refused"


@st.fragment
def views() -> None:
    """The viewer's own, those shared, and a form to keep what is shown; sent only while open."""
    name, sign = choosing.key("views"), ":material/bookmark:"
    with st.popover("Views", type="tertiary", icon=sign, key=name, on_change="rerun") as opened:
        if opened.open:
            _inside()


def _inside() -> None:
    if refused := st.session_state.pop(_REFUSED, None):
        refusal(refused)
    rows: list[View] = kept.listed().to_dict("records")
    own = [one for one in rows if one["is_own"]]
    others = [one for one in rows if not one["is_own"]]
    if not rows:
        st.markdown("No view is kept yet.")
    for one in own:
        _line(one)
    if others:
        note("Shared by others")
    for one in others:
        _line(one)
    _form()
    if own:
        _changes(own)


def _line(one: View) -> None:
    label = f"**{plain(one['view_name'])}** :gray[{_about(one)}]"
    key = f"open view {one['view_id']}"
    if st.button(label, icon=":material/bookmark:", type="tertiary", key=key, wrap=True):
        choosing.follow(kept.words(one["asked"]))
        st.switch_page(sections.pages()[one["page"]])


def _about(one: View) -> str:
    said = [_title(one["page"])]
    if not one["is_own"] and isinstance(one["owner_name"], str):
        said.append(plain(one["owner_name"]))
    if one["is_own"] and one["is_shared"]:
        said.append("shared")
    if one["is_default"]:
        said.append("opens first")
    return " · ".join(said)


def _title(page: str) -> str:
    return str(sections.pages()[page].title)


def _form() -> None:
    """Keep what is shown under a name."""
    page = str(st.session_state["page"])
    with st.form(f"keep view {kept.turn()}", border=False):
        st.text_input(
            "Keep what is shown as",
            placeholder="My quarter",
            max_chars=LONGEST_NAME,
            key=_key("name"),
        )
        if _may_follow():
            st.checkbox(
                "Follow the calendar: next quarter it shows that one", True, key=_key("follows")
            )
        _flags("", page, is_shared=False, is_default=False)
        note("Whoever opens a shared view sees their own. Its name and filters are read by all.")
        st.form_submit_button("Keep", icon=":material/bookmark_add:", on_click=_keep, args=(page,))


def _flags(view_id: str, page: str, *, is_shared: bool, is_default: bool) -> None:
    st.checkbox("Share with everybody", is_shared, key=_key("shared", view_id))
    st.checkbox(f"Open this first on {_title(page)}", is_default, key=_key("first", view_id))


def _changes(own: list[View]) -> None:
    """Another name, what is shown now, shared or not, first or not, or none of it any more."""
    with st.expander("Change one of yours", key=f"change views {kept.turn()}"):
        known = {str(one["view_id"]): one for one in own}
        chosen = st.selectbox(
            "View", list(known), format_func=lambda one: known[one]["view_name"], key=_key("which")
        )
        one = known[str(chosen)]
        view_id = str(chosen)
        with st.form(f"change view {view_id} {kept.turn()}", border=False):
            st.text_input(
                "Name", one["view_name"], max_chars=LONGEST_NAME, key=_key("name", view_id)
            )
            shared, first = bool(one["is_shared"]), bool(one["is_default"])
            _flags(view_id, one["page"], is_shared=shared, is_default=first)
            st.form_submit_button("Save", on_click=_save, args=(one,))
        with st.container(horizontal=True):
            st.button(
                "Put what is shown in it", key=_key("replace"), on_click=_replace, args=(one,)
            )
            st.button(
                "Delete",
                icon=":material/delete:",
                key=_key("drop"),
                on_click=_act,
                args=(drop_view, DropView(view_id)),
            )


def _key(name: str, view_id: str = "") -> str:
    return f"view {name} {view_id} {kept.turn()}"


def _may_follow() -> bool:
    """Whether what is shown is what nobody chose: then it may move with the days."""
    now = session.filters()
    return choosing.chosen().as_of is None and now.period == choosing.usual_period(now.as_of)


def _shown(*, follows: bool) -> str:
    """The address of what is shown, without the period where that moves along."""
    is_free = follows and _may_follow()
    here = choosing.here()
    return kept.text({name: said for name, said in here.items() if name != "period" or not is_free})


def _keep(page: str) -> None:
    state = st.session_state
    command = KeepView(
        view_name=state[_key("name")],
        page=page,
        asked=_shown(follows=bool(state.get(_key("follows")))),
        is_shared=state[_key("shared")],
        is_default=state[_key("first")],
    )
    _act(keep_view, command)


def _save(one: View) -> None:
    """Only what was changed here is said: another tab may have changed the rest."""
    view_id = str(one["view_id"])
    said = {
        "view_name": st.session_state[_key("name", view_id)],
        "is_shared": st.session_state[_key("shared", view_id)],
        "is_default": st.session_state[_key("first", view_id)],
    }
    changed = {name: value for name, value in said.items() if value != one[name]}
    _act(keep_view, KeepView(**changed, view_id=view_id))


def _replace(one: View) -> None:
    follows = "period" not in kept.words(one["asked"])
    page, asked = str(st.session_state["page"]), _shown(follows=follows)
    _act(keep_view, KeepView(page=page, asked=asked, view_id=str(one["view_id"])))


def _act(change: Callable[..., Any], command: KeepView | DropView) -> None:
    """One change, as a button's callback: what was refused is said above the list."""
    try:
        change(session.engine(), command, scope=session.viewer())
    except Refused as refused:
        st.session_state[_REFUSED] = refused
        return
    kept.turn_over()
