"""Logs: one JSON line per event, with the request's id; no secrets and no private text."""

import logging
import sys
from typing import Any

import structlog

from core.transactions.transaction import request_id


def _with_request_id(_logger: Any, _method: str, entry: structlog.typing.EventDict) -> Any:
    rid = request_id.get()
    if rid is not None:
        entry.setdefault("request_id", rid)
    return entry


def set_up(process: str) -> None:
    """Configure this process's log, which goes to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _with_request_id,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer(),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, force=True)
