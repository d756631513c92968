"""How do the four skills of somebody stand beside the peers', in words?"""

from __future__ import annotations

from collections.abc import Mapping
from math import log

import pandas as pd
import streamlit as st

from quarterdeck.charts.coaching import skill_ranges
from quarterdeck.domain.coaching import FEW, MEASURES, SKILLS, Measure
from quarterdeck.domain.plan_effect import value_of
from quarterdeck.domain.selling import Seller, first_measure, kind_of
from quarterdeck.domain.shrinkage import BELOW_PEERS, NO_PEERS, NOT_ENOUGH, TO_WATCH, Evidence
from quarterdeck.metrics import money, share
from quarterdeck.ui.cards import card, note, picture, say
from quarterdeck.ui.coaching import Person, Selling
from quarterdeck.ui.words import counted


def skill_card(whom: Person, team: Selling, scores: Mapping[str, int]) -> None:
    """The four skills beside the peers', in words; alone, only the own ranges."""
    with card("Which skill is behind it?", stretch=True, key="coaching skills") as top:
        if whom.person_id not in team.sellers:
            say("**Nothing is known yet** of how they sell.")
            return
        drawn = skill_rows(whom, team, scores)
        said = "; ".join(drawn["exact_words"])
        if whom.is_self or not drawn["is_known"].any():
            mine = team.sellers[whom.person_id]
            say("\n".join(f"- **{one.capitalize()}:** {alone_words(mine, one)}" for one in SKILLS))
            alone = "Your own 52 weeks. Nobody else’s numbers are shown here."
            note(alone if whom.is_self else "52 weeks, with nobody on the team to compare with.")
            return
        picture(skill_ranges, drawn, alt=said, key="skills", beside=top)
        note(
            "Grey: middle half of the peers, better to the right. Line: 80 % range. Not a ranking."
        )
        differing = [
            f"**{skill.capitalize()}:** scored {score} of 5, the data says "
            f"{_verdict_of(team, skill, whom.person_id)}."
            for skill, score in scores.items()
            if disagree(score, _verdict_of(team, skill, whom.person_id))
        ]
        for words in differing:
            say(f":gray[Score and data differ.] {words}")
        with st.expander("How it is judged", key="all measures"):
            say(
                "The same for everyone: each number is drawn towards the team’s by as much as it "
                "rests on few deals; of what is counted a week, the territory’s potential, leave "
                f"and the ramp of who is new count. Under {FEW} deals nothing is said. “Below "
                "peers” needs nine chances of ten, “watch” eight, and a team whose people differ "
                "more than luck makes equal people differ."
            )
            note(
                "The first measure of each skill decides. Of so many, one or two stand out by "
                "chance."
            )
            say("\n".join(f"- {_all_words(team, name, whom.person_id)}" for name in MEASURES))


def skill_rows(whom: Person, team: Selling, scores: Mapping[str, int]) -> pd.DataFrame:
    """The rows of `charts.coaching.skill_ranges`: each skill by the measure that decides."""
    rows = []
    for place, skill in enumerate(SKILLS):
        name = first_measure(skill)
        found, measure = team.evidence[name][whom.person_id], MEASURES[name]
        at, low, high, peers_low, peers_high = _scaled(found, measure)
        is_below = found.verdict == BELOW_PEERS
        sign = "▼ " if is_below else ""
        score = f", scored {scores[skill]} of 5" if skill in scores else ""
        rows.append({
            "skill": skill.capitalize(),
            "place": place,
            "at": at, "low": low, "high": high, "peers_low": peers_low, "peers_high": peers_high,
            "verdict": f"{sign}{verdict(found)} · {evidence_words(found, measure)}",
            "is_below": is_below,
            "is_known": at is not None,
            "exact_words": f"{skill.capitalize()}: {_told(found, measure)}{score}",
        })  # fmt: skip
    return pd.DataFrame(rows)


def alone_words(mine: Seller, skill: str) -> str:
    """A skill by its one measure, from the own deals alone: what they say and how surely."""
    name = first_measure(skill)
    measure, found = MEASURES[name], value_of(kind_of(name), mine.tally(name))
    if found is None:
        return f"{measure.label}, nothing known yet"
    many = counted(found.n, measure.noun.removesuffix("s"))
    if found.n < FEW:
        return f"{measure.label} {value_words(measure, found.value)}, {many}: too few to say"
    ends = f"{value_words(measure, found.low)} to {value_words(measure, found.high)}"
    return f"{measure.label} {value_words(measure, found.value)}, likely {ends}, from {many}"


def disagree(score: int, said: str) -> bool:
    """A low score where the data shows no weakness, or a high one where it does; 3 is neither."""
    if score == 3 or said in (NOT_ENOUGH, NO_PEERS):
        return False
    return (score < 3) != (said in (BELOW_PEERS, TO_WATCH))


def verdict(found: Evidence) -> str:
    return "too few to say" if found.verdict == NOT_ENOUGH else found.verdict


def evidence_words(found: Evidence, measure: Measure) -> str:
    """41 meetings; 1 deal."""
    noun = measure.noun.removesuffix("s")
    return counted(found.n, noun)


def value_words(measure: Measure, value: float | None) -> str:
    """A measure's value in its own unit."""
    if value is None or value != value:
        return "–"
    if measure.is_percent:
        return share(value)
    if measure.kind == "amount":
        return money(value)
    return f"{value:,.0f} days" if measure.kind == "days" else f"{value:,.1f}"


def _told(found: Evidence, measure: Measure) -> str:
    """Win rate 29 %, likely 25 % to 34 %, peers 35 %, from 121 deals: below peers."""
    if found.shrunk is None:
        return f"{measure.label}: nothing known yet"
    said = f"{measure.label} {value_words(measure, found.raw)}"
    said += f", likely {value_words(measure, found.low)} to {value_words(measure, found.high)}"
    if found.peers_middle is not None:
        said += f", peers {value_words(measure, found.peers_middle)}"
    said += f", from {evidence_words(found, measure)}"
    return said if found.verdict == NO_PEERS else f"{said}: {verdict(found)}"


def _all_words(team: Selling, name: str, person_id: str) -> str:
    return _told(team.evidence[name][person_id], MEASURES[name])


def _verdict_of(team: Selling, skill: str, person_id: str) -> str:
    return team.evidence[first_measure(skill)][person_id].verdict


def _scaled(found: Evidence, measure: Measure) -> tuple[float | None, ...]:
    """Somebody's place and range, and the peers', on one scale: 0 is the peers' middle; a step is
    as wide as their middle half, or as it takes to show the whole range."""
    if found.shrunk is None or found.peers_middle is None:
        return (None,) * 5
    values = (found.shrunk, found.low, found.high, found.peers_low, found.peers_high)
    known = [_read(measure, one) for one in values]
    middle = _read(measure, found.peers_middle)
    far = max(abs(one - middle) for one in known[:3])
    step = max((known[4] - known[3]), (known[2] - known[1]) * 0.6, far / 2, 1e-9)
    sign = 1 if measure.is_more_better else -1
    at, low, high, peers_low, peers_high = (sign * (one - middle) / step * 1.2 for one in known)
    return at, *sorted((low, high)), *sorted((peers_low, peers_high))


def _read(measure: Measure, value: float | None) -> float:
    """Amounts and days are compared by their logarithms."""
    known = value or 0.0
    return (
        log(max(known, 1e-9) + (1 if measure.kind == "days" else 0))
        if measure.kind
        in (
            "amount",
            "days",
        )
        else known
    )
