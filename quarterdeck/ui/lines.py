"""How does each person stand in each product line, in the words and the order of the page?"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from quarterdeck.metrics import EMPTY, exact_money, money, share
from quarterdeck.ui.adding_up import cents
from quarterdeck.ui.address import unique_labels
from quarterdeck.ui.standing import FEW, Row, whole
from quarterdeck.ui.words import counted

ALL_LINES = "\tall"
"""The column of the sums; no product line from a file begins like this."""
ALL, NO_LINE = "Everyone", "(no line)"
FEW_LINES = 6
"""As many columns as a phone can hold."""


def line_name(line: str) -> str:
    return "All lines" if line == ALL_LINES else line or NO_LINE


def known(cells: pd.DataFrame) -> list[str]:
    """The lines in sight, the largest first; what names no line comes last."""
    every = cells[cells["person_id"] == "all"].fillna({"line_quota_usd": 0})
    every = every[(every["product_line"] != "") | (every["won_deals"] > 0)]
    ordered = every.sort_values(
        ["line_quota_usd", "booked_usd", "product_line"], ascending=[False, False, True]
    )
    lines = [line for line in ordered["product_line"] if line]
    return [*lines, *("" for line in ordered["product_line"] if not line)]


def have_quotas(cells: pd.DataFrame) -> bool:
    """Whether any quota names a product line."""
    return bool(cells["line_quota_usd"].notna().any())


def as_bars(cells: pd.DataFrame) -> pd.DataFrame:
    """One row a product line, shaped as the people's rows are; furthest behind first.

    A quota for all lines together is no quota of deals without a line.
    """
    rows = cells[cells["person_id"] == "all"]
    rows = rows.assign(
        person_id=rows["product_line"],
        person_name=[line_name(line) for line in rows["product_line"]],
        quota_usd=rows["line_quota_usd"],
    )
    rows = rows[(rows["booked_usd"] != 0) | rows["quota_usd"].notna() | (rows["won_deals"] > 0)]
    return rows.sort_values(
        ["gap_usd", "booked_usd", "person_name"], ascending=[False, False, True], na_position="last"
    )


@dataclass(frozen=True)
class Scale:
    """What the colours of the map mean: distance from `expected`, without one the amount."""

    expected: float | None
    points: float
    largest: float

    def shade(self, booked: float, reached: float) -> float:
        if self.expected is None:
            return booked / self.largest if self.largest and booked > 0 else 0.0
        return shaded(reached - self.expected, self.points) if reached == reached else 0.0


def heat_rows(
    cells: pd.DataFrame,
    team: pd.DataFrame,
    people: pd.DataFrame,
    *,
    points: float,
    first: int = FEW,
) -> pd.DataFrame:
    """The rows of `charts.attainment.heat`: the first of these people, then everyone."""
    everyone, lines = whole(team), known(cells)[:FEW_LINES]
    with_quotas = have_quotas(cells)
    scale = Scale(expected(people) if with_quotas else None, points, _largest(cells, people, lines))
    people = people.head(first)
    names = unique_labels(dict(zip(people["person_id"], people["person_name"], strict=True)))
    found = {(row["person_id"], row["product_line"]): row for row in cells.to_dict("records")}
    drawn = []
    for place, row in enumerate([*people.to_dict("records"), everyone.to_dict()]):
        is_all, name = row["person_id"] == "all", names.get(row["person_id"], ALL)
        row_name = {"person_id": row["person_id"], "row_name": name, "place": place}
        for line in lines:
            one = found.get((row["person_id"], line), {})
            drawn.append(row_name | _cell(name, line, one, scale, is_sum=is_all))
        total = row | {"attainment": row["attainment"] if with_quotas else float("nan")}
        drawn.append(row_name | _cell(name, ALL_LINES, total, scale, is_sum=True))
    at = {line: place for place, line in enumerate([*lines, ALL_LINES])}
    return pd.DataFrame(drawn).assign(line_place=lambda each: each["product_line"].map(at))


def expected(people: pd.DataFrame) -> float | None:
    """What these people together reached of their own quotas: no over-assignment blurs it."""
    known = people[people["quota_usd"] > 0]
    return float(known["booked_usd"].sum() / known["quota_usd"].sum()) if len(known) else None


def _largest(cells: pd.DataFrame, people: pd.DataFrame, lines: list[str]) -> float:
    ours = cells["person_id"].isin(people["person_id"]) & cells["product_line"].isin(lines)
    return max(float(cells.loc[ours, "booked_usd"].max()) if ours.any() else 0.0, 0.0)


def _cell(name: str, line: str, cell: Row, scale: Scale, *, is_sum: bool) -> Row:
    booked, reached = cell.get("booked_usd", 0.0), cell.get("attainment", float("nan"))
    has_quota = reached == reached
    of = (
        f" of {exact_money(cell.get('line_quota_usd', cell.get('quota_usd')))}, {share(reached)}"
        if has_quota
        else ""
    )
    shade = 0.0 if is_sum else scale.shade(booked, reached)
    return {
        "product_line": line,
        "line_name": line_name(line),
        "label": share(reached) if has_quota and booked else money(booked) if booked else EMPTY,
        "exact_words": f"{name}, {line_name(line)}: {exact_money(booked)}{of}",
        "shade": shade,
        "is_behind": shade < 0,
        "is_total": is_sum,
    }


def shaded(distance: float, points: float) -> float:
    """No colour up to the tolerance, then half of one, and a whole one 25 points later."""
    far = abs(distance) - points / 100
    if round(far, 9) < 0:
        return 0.0
    strength = min(0.5 + 2 * far, 1.0)
    return strength if distance > 0 else -strength


def read_as(cells: pd.DataFrame, people: pd.DataFrame, points: float, first: int = FEW) -> str:
    """How to read the map, and what is left out of it."""
    left = {"smaller line": len(known(cells)) - FEW_LINES, "more person": len(people) - first}
    parts = [counted(number, noun) for noun, number in left.items() if number > 0]
    rest = f" Not shown: {' and '.join(parts)}." if parts else ""
    reached = expected(people)
    if not have_quotas(cells) or reached is None:
        is_known = people["quota_usd"].notna().any()
        why = "No quota names a product line" if is_known else "No quota is known"
        return f"{why}, so the map shows what is booked: the bluer, the more.{rest}"
    return (
        f"Colour: distance from the {share(reached)} they reached together. "
        f"▼ {points:.0f} points behind or more; – nothing booked.{_unlike(cells, people)}{rest}"
    )


def _unlike(cells: pd.DataFrame, people: pd.DataFrame) -> str:
    """What a reader would stumble over: cells without a quota, and the quota of the last row."""
    shown = cells[cells["person_id"].isin(people["person_id"])]
    bare = ((shown["booked_usd"] != 0) & shown["line_quota_usd"].isna()).any()
    said = " An amount stands where there is no quota." if bare else ""
    every = cells[cells["person_id"] == "all"]["line_quota_usd"].sum()
    if cents([every]) != cents(shown["line_quota_usd"].dropna()):
        said += f" {ALL}: of the quota on top of the page, not of the sum of these."
    return said


def said(drawn: pd.DataFrame) -> str:
    """What the map shows, for those who do not see it."""
    behind = drawn[drawn["is_behind"]].sort_values("shade")
    if behind.empty:
        return "Attainment by person and product line; no cell lies far behind"
    first = [
        f"{row['row_name']} in {row['line_name']} {row['label']}"
        for row in behind.head(5).to_dict("records")
    ]
    return f"Attainment by person and product line; furthest behind: {', '.join(first)}"
