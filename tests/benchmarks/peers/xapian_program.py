"""The other side of `xapian_peer`: reads messages as lines of JSON, answers with its CPU seconds and what was asked.

It imports nothing of this project, for it runs under another Python.
"""

import json
import sys
import time

_MAX_TERM = 240


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
    """Return a document with positions, and with the values of facets as terms."""
    made = xapian.Document()
    made.set_data(name)
    for position, term in enumerate(terms):
        made.add_posting(term, position)
    for facet, facet_values in values.items():
        for value in facet_values:
            made.add_boolean_term(keyword(facet, value))
    return made


def keyword(facet, value):
    """Return the term of a value; prefixes longer than one letter are meant to begin with X."""
    return f"X{facet.upper()}:{value}"[:_MAX_TERM]


def search(xapian, database, kind, terms, value):
    """Return the total, None for a kind of query that there is not."""
    query = query_of(xapian, kind, terms, value)
    if query is None:
        return None
    enquire = xapian.Enquire(database)
    enquire.set_query(query)
    # The last argument makes the total exact.
    found = enquire.get_mset(0, 10, database.get_doccount())
    for hit in found:
        hit.document.get_data()
    return found.get_matches_estimated()


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
