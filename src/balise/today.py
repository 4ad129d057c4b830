"""The one clock a build may read: the day that expiries count from."""

from __future__ import annotations

import os
import re
import time

from balise.errors import UsageError


def default_today() -> str:
    """Return the day of SOURCE_DATE_EPOCH, else today's in UTC, as an ISO date. Raises `UsageError`."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch and not re.fullmatch(r"[0-9]{1,11}", epoch):
        raise UsageError(f'SOURCE_DATE_EPOCH is "{epoch}"; write whole seconds since 1970, or unset it')
    seconds = int(epoch) if epoch else time.time()
    return time.strftime("%Y-%m-%d", time.gmtime(seconds))
