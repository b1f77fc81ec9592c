"""``documents/`` -> ``report/``: static pages to look at, which open from disk without a network.

    documents --article--> article pages
              --passages--> spool, by entity --entities--> entity pages
              --totals----> overview
              --listings--> rows of the searchable lists

A ``Drawer`` makes the pages of articles and entities, in this process or in several (the pool of ``workers``); the site
makes the others of what it hands back. Every page is drawn from the documents alone, so it cannot disagree with them;
one that is there already with the same content stays. Whatever an article says is escaped, and the pages forbid the
browser any script but their own.
"""

from brief_extract.report.site import write_report

__all__ = ["write_report"]
