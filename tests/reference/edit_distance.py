"""Edit distance by its definition, which faster ones are compared with."""

__all__ = ["edit_distance"]


def edit_distance(left: str, right: str) -> int:
    """Letters put in, taken out, changed, or neighbours swapped; the textbook table."""
    rows = [list(range(len(right) + 1))]
    for i, a in enumerate(left, start=1):
        rows.append([i])
        for j, b in enumerate(right, start=1):
            best = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, rows[i - 2][j - 2] + 1)
            rows[i].append(best)
    return rows[-1][-1]
