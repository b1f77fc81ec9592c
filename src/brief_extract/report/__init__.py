"""``documents/`` -> ``report/``: static pages to look at, which open from disk without a network.

    documents --article--> article pages
              --passages--> spool, by entity --entities--> entity pages
              --totals----> overview
              --listings--> rows of the searchable lists

Every page is drawn from the documents alone, so it cannot disagree with them; one that is there already with the same
content stays. Whatever an article says is escaped, and the pages forbid the browser any script but their own.
"""

from brief_extract.report.site import write_report

__all__ = ["write_report"]
