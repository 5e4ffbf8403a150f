"""Visitors: who asks, what they may do, how often, and what they chose for their browser."""
