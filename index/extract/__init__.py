"""Mentions in the body of an article: the extraction pipeline, and the component "dossier" for spaCy pipelines.

The only package that imports spaCy; imports neither `index.identity` nor `index.catalog`.
"""

__all__: list[str] = []
