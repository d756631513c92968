"""Which accounts are to change owners, so that loads are fair and little is disrupted?"""

from quarterdeck.domain.realigning.balance import (
    Load,
    fewest_moves,
    imbalance,
    loads,
    miles_driven,
    moved,
    revenue_moved,
)
from quarterdeck.domain.realigning.choosing import Point, curve
from quarterdeck.domain.realigning.explaining import Carried, Plan, Why, explain
from quarterdeck.domain.realigning.problem import (
    Answer,
    Miss,
    Problem,
    Progress,
    Reason,
    forbid,
    pin,
    usual_cost,
)
from quarterdeck.domain.realigning.searching import search
from quarterdeck.domain.realigning.solver import solve

__all__ = [
    "Answer",
    "Carried",
    "Load",
    "Miss",
    "Plan",
    "Point",
    "Problem",
    "Progress",
    "Reason",
    "Why",
    "curve",
    "explain",
    "fewest_moves",
    "forbid",
    "imbalance",
    "loads",
    "miles_driven",
    "moved",
    "pin",
    "revenue_moved",
    "search",
    "solve",
    "usual_cost",
]
