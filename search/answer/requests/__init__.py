"""Requests as one state of an archive understands them: words, names, filters, order, and other spellings."""
