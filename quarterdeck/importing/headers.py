"""Which field could a header mean?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process

from quarterdeck.importing.aliases import ALIASES
from quarterdeck.importing.folding import letters
from quarterdeck.importing.tells import CREATED, DELETED, WITNESSES

# Word by word as well: taken whole, "Closed Rate" would pass for "Close Date".
ALIKE = 91
_WORD_ALIKE = 80
_SHORTEST_ALIKE = 6

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|_")
_WORDS = re.compile(r"\w+")
_DRESSING = (
    re.compile(r"\(.*?\)|\[.*?\]"),
    re.compile(r"^\s*(property|deal|opportunity|account|company)\s*[-_:.]+\s*(?=\w)", re.I),
    re.compile(r"^\s*hs[-_ ]+", re.I),
    re.compile(r"__[cr]$", re.I),
    re.compile(r"[ _]+(usd|eur|gbp|cad|aud|chf|inr|jpy)$", re.I),
)


def folded_aliases(listed: str) -> tuple[str, ...]:
    """The aliases of a list written with bars, folded as headers are."""
    return tuple(letters(alias) for alias in listed.split("|"))


@lru_cache
def alias_ranks(entity: str) -> dict[str, dict[str, int]]:
    """Folded alias → the fields of the entity it may mean, each with its rank of trust."""
    ranks: dict[str, dict[str, int]] = {}
    for field, listed in ALIASES[entity].items():
        for rank, alias in enumerate(folded_aliases(listed)):
            ranks.setdefault(alias, {}).setdefault(field, rank)
    return ranks


@lru_cache
def alias_words(entity: str) -> dict[str, list[str]]:
    """Folded alias → its words."""
    listed = (alias for aliases in ALIASES[entity].values() for alias in aliases.split("|"))
    return {letters(alias): alias.split() for alias in listed}


@lru_cache
def witnesses() -> frozenset[str]:
    """The folded headers that say when a row was last touched."""
    return frozenset(folded_aliases(WITNESSES))


@lru_cache
def created() -> frozenset[str]:
    """The folded headers that say when a row came to be."""
    return frozenset(folded_aliases(CREATED))


@lru_cache
def deleted() -> frozenset[str]:
    """The folded headers that say whether the CRM has deleted a row."""
    return frozenset(folded_aliases(DELETED))


def variants(header: str) -> Iterator[str]:
    """The folded header, then the same with prefixes, suffixes and units taken off."""
    seen = set()
    text = header
    for dressing in (None, *_DRESSING):
        text = dressing.sub("", text) if dressing else text
        folded = letters(text)
        if folded and folded not in seen:
            seen.add(folded)
            yield folded


def exact_ranks(header: str, entity: str) -> dict[str, int]:
    """The fields a header names outright, each with its rank; undressed names rank later."""
    ranks: dict[str, int] = {}
    for step, variant in enumerate(variants(header)):
        for field, rank in alias_ranks(entity).get(variant, {}).items():
            ranks.setdefault(field, rank * 8 + step)
    return ranks


def is_known(header: str) -> bool:
    """Whether any entity has this header."""
    return any(variant in alias_ranks(entity) for variant in variants(header) for entity in ALIASES)


def similar_field(header: str, entity: str, free: frozenset[str]) -> tuple[str, float] | None:
    """The free field whose alias is spelled almost like the header, and how much so."""
    folded = letters(header)
    if len(folded) < _SHORTEST_ALIKE:
        return None
    ranks = alias_ranks(entity)
    choices = [
        alias
        for alias, fields in ranks.items()
        if len(alias) >= _SHORTEST_ALIKE
        and _same_words(header, alias_words(entity)[alias])
        and _digits(alias) == _digits(folded)
        and free.intersection(fields)
    ]
    found = process.extractOne(folded, choices, scorer=fuzz.ratio, score_cutoff=ALIKE)
    if found is None:
        return None
    alias, score, _ = found
    return min(free.intersection(ranks[alias]), key=ranks[alias].__getitem__), score


def _same_words(header: str, alias: list[str]) -> bool:
    words = _WORDS.findall(_CAMEL.sub(" ", header).lower())
    if len(words) == 1:
        return True
    return len(words) == len(alias) and all(
        fuzz.ratio(word, other) >= _WORD_ALIKE for word, other in zip(words, alias, strict=True)
    )


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
