"""Takes the lines that the HTTP server writes by itself into the log of the program."""

import structlog

log = structlog.get_logger("dienhong.server")


class ServerLog:
    """What eventlet asks of a log: tracebacks of the application and broken requests."""

    def info(self, message: str, *args: object) -> None:
        """Something failed."""
        log.error("request_failed", message=message % args if args else message)

    error = info

    def debug(self, message: str, *args: object) -> None:
        """Something that is of no interest by default."""
        log.debug("server", message=message % args if args else message)
