"""Tests against real OpenSearch nodes, and the nodes themselves."""
