"""An invented archive with everything that is hard to show: see `tests.awkward.articles`."""
