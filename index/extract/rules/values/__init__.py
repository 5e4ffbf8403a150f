"""Proposes the values that `index.normalize` finds: dates and amounts of money."""
