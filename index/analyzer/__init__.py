"""Text to terms with offsets: the one analyzer of every engine, for documents and queries alike.

Two streams come out of one pass and have the same positions: *terms* (folded and stemmed, what words find) and
*exact terms* (in lower case, accents and endings kept, what `=word` finds).

What becomes a term:

- Words, folded (see `fold`) and then stemmed by the stemmer of the article's language (`languages.tsv`); articles of
  other languages, and of none, are stemmed like English.
- Words that lose their vowel before another ("l'avion", "dell'acqua") are no term in the languages that have them.
  Possessives lose their ending ("Turkey's" -> turkey), "O'Brien" is one word, other apostrophes separate; between
  Cyrillic or Hebrew letters they separate nothing.
- Abbreviations lose their dots ("U.S." -> us) and their gershayim.
- Designators have one form: "S-400", "S400" and "S-400s" are s400. A variant is its family followed by itself:
  "F-16C" is the two terms f16 f16c, so that "F-16" finds it and "F-16C" finds nothing else. The number alone does
  not find a designator. Longer names and years stay apart: "COVID-19" is covid 19, "mid-2019" is mid 2019.
- Numbers lose the commas between thousands ("1,000" -> 1000) and keep their decimals ("1.4").
- Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese characters are a term each: a query of several becomes a
  phrase, which is a search for the very string.
- Of a URL the first 16 words count. Terms are cut at 64 characters.
"""

from index.analyzer.analysis import (
    Token,
    analysis_key,
    analyze,
    analyze_exact,
    chunk_terms,
    index_terms,
    kept_letters,
    token_starts,
)
from index.analyzer.folding import fold
from index.analyzer.splitting import MAX_TERM_LENGTH

__all__ = [
    "ANALYZER_FINGERPRINT",
    "MAX_TERM_LENGTH",
    "Token",
    "analysis_key",
    "analyze",
    "analyze_exact",
    "chunk_terms",
    "fold",
    "index_terms",
    "kept_letters",
    "token_starts",
]

ANALYZER_FINGERPRINT = "3:languages"
"""Changes whenever the same text may give other terms: an index made with another one is outdated."""
