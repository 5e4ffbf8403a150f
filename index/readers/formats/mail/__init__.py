"""Read mail: messages, mailboxes and saved web pages, which are messages too. Splits bytes itself, in linear time."""

__all__: list[str] = []
