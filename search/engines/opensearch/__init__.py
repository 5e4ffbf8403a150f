"""The read side of the engine on OpenSearch servers: queries, facets and words of one commit."""
