"""Under which keys do the rows of a file find the people, accounts and products they name?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from quarterdeck.importing.columns import Typed
from quarterdeck.importing.folding import digest, fold, letters, slug

# Salesforce tells a new owner once by name and once by such an id.
USER_ID = re.compile(r"005[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?")

Values = Mapping[str, Sequence[Typed | None]]
Column = list[Typed | None]


def deal_keys(count: int, values: Values) -> Column:
    """The deal's id, else a key made of its name, account and creation day."""
    return derived_keys(count, values, "deal_id", ("deal_name", "account", "created_on"))


def derived_keys(count: int, values: Values, id_field: str, named: Sequence[str]) -> Column:
    """The id a row gives, else a key made of what names it; rows alike are told apart in order."""
    nothing: Column = [None] * count
    ids = values.get(id_field, nothing)
    parts = [values.get(name, nothing) for name in named]
    ordinals: Counter[str] = Counter()
    keys: Column = []
    for at in range(count):
        if ids[at] is not None:
            keys.append(ids[at])
            continue
        words = "\x1f".join(fold(str(part[at] or "")) for part in parts)
        ordinals[words] += 1
        keys.append(f"n-{digest(words)[:12]}-{ordinals[words]}")
    return keys


def folded(values: Values, field: str, count: int, key: Callable[[str], str] = fold) -> Column:
    """The folded text of a field, empty where it is empty or holds no letter."""
    return _each(values.get(field), count, lambda text: key(text) or None)


def product_keys(values: Values, count: int) -> Column:
    """Letters and digits of the product alone, so that GTXPro and GTX Pro are one."""
    return folded(values, "product", count, lambda text: letters(text) or fold(text))


def references(ids: Sequence[Typed | None] | None, names: Column, count: int) -> Column:
    """The id a file gives, else an id made of the folded name."""
    slugs = _each(names, count, slug)
    if ids is None:
        return slugs
    return [slugs[at] if ids[at] is None else ids[at] for at in range(count)]


def _each(
    column: Sequence[Typed | None] | None, count: int, key: Callable[[str], str | None]
) -> Column:
    if column is None:
        return [None] * count
    table = {text: None if text is None else key(str(text)) for text in dict.fromkeys(column)}
    return [table[text] for text in column]
