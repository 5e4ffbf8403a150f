"""Currencies by sign, code and word, for `amount:`."""

from collections.abc import Mapping, Sequence

from index.packs.tables import read_table

__all__ = ["read_currencies"]


def read_currencies(packs: Sequence[str]) -> Mapping[str, str]:
    """Return the ISO code for each sign, code and word of the packs' currencies.

    A shared word means the currency that the pack marks as its default.

    >>> currencies = read_currencies(["core"])
    >>> currencies["$"], currencies["EUR"], currencies["€"], currencies["C$"], "kr" in currencies
    ('USD', 'EUR', 'EUR', 'CAD', False)
    """
    codes: dict[str, str] = {}
    owners: dict[str, list[tuple[str, bool]]] = {}
    for row in read_table(packs, "currencies"):
        code, flags = row["code"], row["flags"].split("|")
        codes[code] = code
        for column in ("signs", "nouns", "short"):
            for spelling in row[column].split("|"):
                if spelling:
                    is_default = f"default:{spelling}" in flags or (
                        "default" in flags and f"shared:{spelling}" not in flags
                    )
                    owners.setdefault(spelling, []).append((code, is_default))
    for spelling, candidates in owners.items():
        chosen = [code for code, is_default in candidates if is_default] or [code for code, _ in candidates]
        if len(set(chosen)) == 1:
            codes.setdefault(spelling, chosen[0])
    return codes
