"""The frame of every page: its template, what was just decided, and the filters that are locked."""
