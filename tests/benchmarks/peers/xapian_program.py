"""The other side of `xapian_peer`: reads messages as lines of JSON, answers with its CPU seconds and what was asked.

It imports nothing of this project, for it runs under another Python.
"""

import json
import sys
import time
from collections import Counter

_MAX_TERM = 240
_FACETS = ("people", "organizations", "places", "systems", "sources")
# A slot holds one value of a document, so that the values of a facet take one slot each, as many as they are.
_SLOTS = 1_000
_BEST = 10


def main() -> None:
    """Answer until there are no more messages."""
    import xapian

    folder = sys.argv[1]
    database = None
    for line in sys.stdin:
        kind, *arguments = json.loads(line)
        answer = None
        if kind == "add":
            database = database or xapian.WritableDatabase(folder, xapian.DB_CREATE_OR_OPEN)
            database.add_document(document(xapian, *arguments))
            continue
        if kind == "commit":
            database.commit()
            database.close()
        elif kind == "open":
            database = xapian.Database(folder)
        else:
            answer = search(xapian, database, *arguments)
        sys.stdout.write(json.dumps([time.process_time(), answer]) + "\n")
        sys.stdout.flush()


def document(xapian, name, terms, values):
    """Return a document with positions, and with the values of facets as terms to filter by and in slots to count."""
    made = xapian.Document()
    made.set_data(name)
    for position, term in enumerate(terms):
        made.add_posting(term, position)
    for facet, facet_values in values.items():
        for place, value in enumerate(facet_values):
            made.add_boolean_term(keyword(facet, value))
            made.add_value(_FACETS.index(facet) * _SLOTS + place, value)
    return made


def keyword(facet, value):
    """Return the term of a value; prefixes longer than one letter are meant to begin with X."""
    return f"X{facet.upper()}:{value}"[:_MAX_TERM]


def search(xapian, database, kind, terms, value, is_faceted):
    """Return the total and the best counts of each facet, None for a kind of query that there is not."""
    query = query_of(xapian, kind, terms, value)
    if query is None:
        return None
    enquire = xapian.Enquire(database)
    enquire.set_query(query)
    spies = spies_of(xapian, database) if is_faceted else {}
    for counted in spies.values():
        for spy in counted:
            enquire.add_matchspy(spy)
    # The last argument makes the total exact.
    found = enquire.get_mset(0, 10, database.get_doccount())
    for hit in found:
        hit.document.get_data()
    return found.get_matches_estimated(), {facet: best_counts(counted) for facet, counted in spies.items()}


def spies_of(xapian, database):
    """Return what counts the values of each facet while matches are found: one for each slot that is used."""
    found = {}
    for number, facet in enumerate(_FACETS):
        slot, found[facet] = number * _SLOTS, []
        while database.get_value_freq(slot):
            found[facet].append(xapian.ValueCountMatchSpy(slot))
            slot += 1
    return found


def best_counts(spies):
    """Return the numbers of documents of the most frequent values, the largest first."""
    counts = Counter()
    for spy in spies:
        for item in spy.values():
            counts[item.term] += item.termfreq
    return sorted(counts.values(), reverse=True)[:_BEST]


def query_of(xapian, kind, terms, value):
    """Return the query, None where there is none of this kind."""
    if kind == "all":
        return xapian.Query.MatchAll
    if kind == "fuzzy":
        return None
    if kind == "prefix":
        # As many words as begin with it.
        return xapian.Query(xapian.Query.OP_WILDCARD, terms[0], 0, xapian.Query.WILDCARD_LIMIT_ERROR)
    operator = {"phrase": xapian.Query.OP_PHRASE, "or2": xapian.Query.OP_OR}.get(kind, xapian.Query.OP_AND)
    query = xapian.Query(operator, terms)
    if value:
        query = xapian.Query(xapian.Query.OP_FILTER, query, xapian.Query(keyword("people", value)))
    return query


if __name__ == "__main__":
    main()
