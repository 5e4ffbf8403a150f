"""An article from a draft of any format: title, dates, source, language and boilerplate found in its text."""

__all__: list[str] = []
