"""Folder -> folder: find the articles, extract each, write documents, tables and projections, report.

discovery   paths -> Inputs (with ids from ids)
run         Input -> Source -> Document or Failure, in order
folder      where each file of a document stands in the output folder
projections Document -> rows of the CSV files, and their description
run_report  what the run did: run.json and the summary
"""

from brief_extract.batch.discovery import discover, passed_over
from brief_extract.batch.inputs import Input, Inputs
from brief_extract.batch.run import run_batch
from brief_extract.batch.run_report import RunReport

__all__ = ["Input", "Inputs", "RunReport", "discover", "passed_over", "run_batch"]
