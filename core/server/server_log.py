"""What eventlet.wsgi has to say, in the log of the application."""

import structlog

log = structlog.get_logger("dienhong.server")


class ServerLog:
    """The log interface that eventlet.wsgi expects, written to the application log."""

    def info(self, message: str, *args: object) -> None:
        """Log a traceback of the application or a broken request."""
        log.error("request_failed", message=message % args if args else message)

    error = info

    def debug(self, message: str, *args: object) -> None:
        """Log details of connections; off by default."""
        log.debug("server", message=message % args if args else message)
