"""The one clock a build may read: the day that expiries count from."""

from __future__ import annotations

import os
import time


def default_today() -> str:
    """Return the day of SOURCE_DATE_EPOCH, else today's in UTC, as an ISO date."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isdigit() else time.time()
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))
