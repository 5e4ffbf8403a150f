"""The write side of the engine on OpenSearch servers: documents with versions, commits as numbers."""
