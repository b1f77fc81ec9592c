"""Worker processes with time limits: the one pool that the batch, the report and the guard share.

child       what runs in a worker: receive a job, answer it, die with the parent
process     one worker as the parent sees it: start, ask, time limit, end
pool        several of them: a bounded stream of jobs in, results in the same order out

A worker is a fresh interpreter (``spawn``), on every system alike. It does not import the user's main module, so a
script needs no ``if __name__ == "__main__":`` for it.
"""

from brief_extract.workers.child import SEVERAL, Begin, Line
from brief_extract.workers.pool import Pool, do_here
from brief_extract.workers.process import LostError, Worker

__all__ = ["SEVERAL", "Begin", "Line", "LostError", "Pool", "Worker", "do_here"]
