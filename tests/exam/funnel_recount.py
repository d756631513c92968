"""The funnel counted by hand from raw rows: lists, Decimal, dates, and nothing of the product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = dict[str, Any]
Tables = dict[str, list[Row]]
TABLES = (
    "person", "report_path", "deal_version", "deal_line", "deal_credit", "product", "stage",
    "account_version", "import_batch", "exchange_rate",
)  # fmt: skip
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Asked:
    """What somebody who sees everything chose; nothing in a list means all."""

    first: date
    last: date
    as_of: date
    people: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    is_strategic: bool = False
    basis: str = "amount"


@dataclass(frozen=True)
class Credit:
    """One person's part of one line of a deal."""

    deal: Row
    judged: date
    person: str
    line: str | None
    usd: Decimal | None


class Books:
    """The rows that are current, as they stand in the tables."""

    def __init__(self, tables: Tables) -> None:
        self.rows = {
            name: [row for row in rows if row.get("superseded_at") is None]
            for name, rows in tables.items()
        }
        self.line_of = {row["product_id"]: row["product_line"] for row in self.rows["product"]}
        self.people = {row["person_id"] for row in self.rows["person"]} | {""}
        self.history: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows["deal_version"]:
            self.history[row["deal_id"]].append(row)
        self.places = {
            (row["pipeline"], row["stage_name"]): row["position"]
            for row in self.rows["stage"]
            if row["outcome"] == "open"
        }
        exports = [
            row["exported_on"]
            for row in self.rows["import_batch"]
            if row["entity"] == "deal" and row["undone_at"] is None
        ]
        self.first_export, self.last_export = min(exports), max(exports)

    def past(self, deal_id: str, day: date) -> list[Row]:
        """What was known of a deal up to a day, oldest first."""
        known = [row for row in self.history[deal_id] if row["valid_from"] <= day]
        return sorted(known, key=lambda row: row["valid_from"])

    def credits(self, asked: Asked) -> Iterator[Credit]:
        for credit in self.all_credits(asked.as_of, asked.basis):
            if self._is_chosen(credit, asked):
                yield credit

    def all_credits(self, day: date, basis: str) -> Iterator[Credit]:
        for row in self.rows["deal_version"]:
            if not row["valid_from"] <= day < row["valid_to"]:
                continue
            judged = day
            if row["outcome"] in ("won", "lost"):
                judged = row["closed_on"] or row["close_on"] or row["valid_from"]
            shares = [
                (one["person_id"], one["share"])
                for one in self.rows["deal_credit"]
                if one["deal_id"] == row["deal_id"]
                and one["valid_from"] <= judged < one["valid_to"]
            ]
            for line, usd in self._lines(row, day, judged, basis):
                for person, part in _parts(usd, shares) or [(row["credited_id"] or "", usd)]:
                    yield Credit(row, judged, person, line, part)

    def _lines(
        self, deal: Row, day: date, judged: date, basis: str
    ) -> list[tuple[str | None, Decimal | None]]:
        found: dict[str | None, Decimal] = defaultdict(Decimal)
        for one in self.rows["deal_line"]:
            if one["deal_id"] == deal["deal_id"] and one["valid_from"] <= day < one["valid_to"]:
                found[self.line_of.get(one["product_id"])] += one["amount_usd"]
        if found:
            return [(line, usd if basis == "amount" else None) for line, usd in found.items()]
        line = deal["product_line"]
        if line is None:
            line = self.line_of.get(deal["product_id"])
        return [(line, _amount(deal, self._filed(deal, judged), basis))]

    def _filed(self, deal: Row, judged: date) -> Decimal | None:
        """The file's own amount; in another currency at the rate of the judged day, if known."""
        if deal["amount_usd"] is not None or deal["amount"] is None:
            usd: Decimal | None = deal["amount_usd"]
            return usd
        for one in self.rows["exchange_rate"]:
            is_held = one["valid_from"] <= judged < one["valid_to"]
            if is_held and one["currency"] == deal["currency"]:
                exact: Decimal = deal["amount"] * one["rate"]
                return exact.quantize(CENT, ROUND_HALF_UP)
        return None

    def _is_chosen(self, credit: Credit, asked: Asked) -> bool:
        account = credit.deal["account_id"]
        strategic = {
            row["account_id"]
            for row in self.rows["account_version"]
            if row["valid_from"] <= asked.as_of < row["valid_to"] and row["is_strategic"]
        }
        return (
            credit.person in self.people
            and (not asked.people or self._is_below(credit, asked.people))
            and (not asked.lines or credit.line in asked.lines)
            and (not asked.channels or credit.deal["channel"] in asked.channels)
            and (not asked.is_strategic or account in strategic)
        )

    def _is_below(self, credit: Credit, people: tuple[str, ...]) -> bool:
        return any(
            row["ancestor_id"] in people
            and row["person_id"] == credit.person
            and row["valid_from"] <= credit.judged < row["valid_to"]
            for row in self.rows["report_path"]
        )

    def days_in_stage(self, deal: Row, day: date) -> int | None:
        """Since the stage date, or since another stage was seen to end; else nobody knows."""
        past = self.past(deal["deal_id"], day)
        here = (deal["outcome"], deal["stage_name"])
        ends = [one["valid_to"] for one in past[:-1] if (one["outcome"], one["stage_name"]) != here]
        dated = deal["stage_entered_on"]
        known = [*ends, *([dated] if dated and dated <= day else [])]
        if known:
            entered = max(known)
        elif past[0]["valid_from"] > self.first_export:
            entered = past[0]["valid_from"]
        else:
            return None
        return max(0, (min(day, self.last_export) - entered).days)

    def stays(self, day: date) -> list[tuple[str, str, int]]:
        """Stage by stage, how long each deal won by the day stood there."""
        won = {
            one.deal["deal_id"]
            for one in self.all_credits(day, "amount")
            if one.deal["outcome"] == "won" and one.person in self.people
        }
        found = []
        for deal_id in won:
            spells: dict[str, list[Row]] = defaultdict(list)
            for row in self.past(deal_id, day):
                if row["outcome"] == "open" and row["stage_name"] is not None:
                    spells[row["stage_name"]].append(row)
            for stage, rows in spells.items():
                dated = [row["stage_entered_on"] for row in rows if row["stage_entered_on"]]
                first = rows[0]["valid_from"]
                entered = min(dated) if dated else first if first > self.first_export else None
                if entered:
                    days = (max(row["valid_to"] for row in rows) - entered).days
                    found.append((deal_id, stage, max(0, days)))
        return found

    def furthest(self, deal: Row, day: date) -> int | None:
        reached = [
            self.places[row["pipeline"], row["stage_name"]]
            for row in self.past(deal["deal_id"], day)
            if row["pipeline"] == deal["pipeline"]
            and (row["pipeline"], row["stage_name"]) in self.places
        ]
        return max(reached, default=None)


def _amount(deal: Row, filed: Decimal | None, basis: str) -> Decimal | None:
    mrr, months = deal["mrr_usd"], deal["term_months"]
    contract = None
    if mrr is not None and months is not None:
        contract = mrr * months + (deal["nrc_usd"] or 0)
    return {
        "mrr": mrr,
        "acv": None if mrr is None else mrr * 12,
        "tcv": contract,
        "amount": contract if filed is None else filed,
    }[basis]


def _parts(
    usd: Decimal | None, shares: list[tuple[str, Decimal]]
) -> list[tuple[str, Decimal | None]]:
    """Whole cents; those left over go to the largest remainders."""
    if usd is None:
        return [(person, None) for person, _ in shares]
    cents, sign = int(abs(usd) * 100), -1 if usd < 0 else 1
    exact = {person: cents * share for person, share in shares}
    whole = {person: int(part) for person, part in exact.items()}
    left = cents - sum(whole.values())
    order = sorted(whole, key=lambda person: (-(exact[person] - whole[person]), person))
    return [
        (person, sign * CENT * (whole[person] + (place < left)))
        for place, person in enumerate(order)
    ]


def quantile(numbers: list[int], part: float) -> float | None:
    """Between the two neighbours, as far as `part` lies between them."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


def due(deal: Row, asked: Asked) -> str:
    day = deal["close_on"]
    if day is None:
        return "undated"
    if day < asked.as_of:
        return "overdue"
    return "due" if asked.first <= day <= asked.last else "later"


def total(credits: list[Credit]) -> Decimal:
    return sum((one.usd for one in credits if one.usd is not None), Decimal("0.00"))


def ids(credits: list[Credit]) -> set[str]:
    return {one.deal["deal_id"] for one in credits}


def funnel(books: Books, asked: Asked) -> dict[str, dict[str, Any]]:
    """Stage → what is open there."""
    staged: dict[str, list[Credit]] = defaultdict(list)
    for credit in books.credits(asked):
        if credit.deal["outcome"] == "open":
            staged[credit.deal["stage_name"] or ""].append(credit)
    stays = books.stays(asked.as_of)
    return {stage: _standing(books, asked, stays, rows) for stage, rows in staged.items()}


def _standing(
    books: Books, asked: Asked, stays: list[tuple[str, str, int]], rows: list[Credit]
) -> dict[str, Any]:
    deals = {one.deal["deal_id"]: one.deal for one in rows}
    stage = rows[0].deal["stage_name"]
    here = [days for _, at, days in stays if at == stage]
    usual = quantile(here if len(here) >= 8 else [days for _, _, days in stays], 0.75)
    days = {name: books.days_in_stage(deal, asked.as_of) for name, deal in deals.items()}
    late = [name for name, count in days.items() if count is not None and usual and count > usual]
    if usual == 0:
        late = [name for name, count in days.items() if count]
    found: dict[str, Any] = {
        "deals": len(deals),
        "open_usd": total(rows),
        "stage_days": quantile([count for count in days.values() if count is not None], 0.5),
        "typical_days": usual,
        "stalled_deals": len(late),
        "stalled_usd": total([one for one in rows if one.deal["deal_id"] in late]),
    }
    for name in ("overdue", "due", "later", "undated"):
        part = [one for one in rows if due(one.deal, asked) == name]
        found |= {f"{name}_deals": len(ids(part)), f"{name}_usd": total(part)}
    return found


def decided(books: Books, asked: Asked) -> dict[str, list[Credit]]:
    """Won and lost: closed in the period."""
    found: dict[str, list[Credit]] = {"won": [], "lost": []}
    for one in books.credits(asked):
        if one.deal["outcome"] in found and asked.first <= one.judged <= asked.last:
            found[one.deal["outcome"]].append(one)
    return found


def win_rate(books: Books, asked: Asked) -> dict[str, Any]:
    both, everything = decided(books, asked), list(books.credits(asked))
    created = [
        one
        for one in everything
        if one.deal["created_on"] and asked.first <= one.deal["created_on"] <= asked.last
    ]
    days = {
        one.deal["deal_id"]: (one.judged - one.deal["created_on"]).days
        for one in both["won"]
        if one.deal["created_on"] and one.deal["created_on"] <= one.judged
    }
    return {
        "won_deals": len(ids(both["won"])),
        "lost_deals": len(ids(both["lost"])),
        "open_deals": len(ids([one for one in everything if one.deal["outcome"] == "open"])),
        "created_deals": len(ids(created)),
        "booked_usd": total(both["won"]),
        "lost_usd": total(both["lost"]),
        "sales_cycle_days": quantile(list(days.values()), 0.5),
        "three_quarters_cycle_days": quantile(list(days.values()), 0.75),
    }


def losses(books: Books, asked: Asked) -> dict[str, tuple[int, Decimal]]:
    reasons: dict[str, list[Credit]] = defaultdict(list)
    for one in decided(books, asked)["lost"]:
        reasons[one.deal["loss_reason"] or ""].append(one)
    return {reason: (len(ids(rows)), total(rows)) for reason, rows in reasons.items()}


def conversion(books: Books, asked: Asked) -> dict[str, tuple[int, int, int, int]]:
    """Stage → went on, lost there, open there, open further on."""
    both = decided(books, asked)
    ways = [
        (outcome, deal["pipeline"], place)
        for outcome, rows in both.items()
        for deal in {one.deal["deal_id"]: one.deal for one in rows}.values()
        if (place := books.furthest(deal, asked.as_of)) is not None
    ]
    standing = {
        one.deal["deal_id"]: one.deal
        for one in books.credits(asked)
        if one.deal["outcome"] == "open"
    }
    for deal in standing.values():
        if (deal["pipeline"], deal["stage_name"]) in books.places:
            place = books.places[deal["pipeline"], deal["stage_name"]]
            ways.append(("open", deal["pipeline"], place))
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for (pipeline, stage), place in books.places.items():
        for outcome, within, reached in ways:
            if within == pipeline:
                step = found[stage]
                step[0] += outcome == "won" or (outcome == "lost" and reached > place)
                step[1] += outcome == "lost" and reached == place
                step[2] += outcome == "open" and reached == place
                step[3] += outcome == "open" and reached > place
    return {stage: (step[0], step[1], step[2], step[3]) for stage, step in found.items()}


def parts(books: Books, asked: Asked, split: str) -> dict[str, tuple[int, Decimal, int, int]]:
    """Person, line or channel → open deals, open amount, won and lost deals."""

    def part(one: Credit) -> str:
        named = {"person": one.person, "line": one.line, "channel": one.deal["channel"]}
        return named[split] or ""

    both = decided(books, asked)
    standing = [one for one in books.credits(asked) if one.deal["outcome"] == "open"]
    names = {part(one) for one in (*standing, *both["won"], *both["lost"])}
    found = {}
    for name in names:
        mine = [one for one in standing if part(one) == name]
        ends = [len(ids([one for one in both[end] if part(one) == name])) for end in both]
        found[name] = (len(ids(mine)), total(mine), ends[0], ends[1])
    return found
