"""Settings: read once from the environment and the command line, validated, then immutable."""

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from core.disk_reserve import DiskReserve
from core.server.tls import files_in

VERSION = "0.1.0"
PROTOCOL_VERSION = 1

_WEAK_SECRETS = {"", "secret", "secret-key", "changeme", "change-me", "dev", "development", "test"}


class UnsafeSetting(Exception):
    """A setting is unsafe or invalid; the message names it and says what to do instead."""


@dataclass(frozen=True)
class Config:
    """The settings of one installation.

    data: folder of the database, documents and keys. session_hours: lifetime of an unused session.
    trusted_proxies: number of reverse proxies before the server. max_upload_bytes: per document.
    disk_floor_bytes: free space below which nothing is uploaded: it is kept for votes and records.
    person_quota_bytes, meeting_quota_bytes: of all uploaded originals together, 0: no limit.
    disk_reserve_bytes: size of a file that is deleted when the disk is full; 0: there is none.
    direct_broadcast: write packets to idle clients past their queues.
    backup: folder of scheduled backups, None: there are none; each is kept `backup_keep_days`.
    witness: folder of the witness files; None: `data-witness` beside the data folder `data`, so
    that somebody who puts an old copy of the data folder back does not replace them too.
    require_confinement: the worker ends if the kernel confines render children only in part.
    tls: web serves HTTPS, because the data folder holds a certificate.
    """

    data: Path
    database_url: str
    secret_key: str
    host: str = "0.0.0.0"  # noqa: S104 - clients on the local network must reach it
    port: int = 8080
    demo: bool = False
    async_mode: str = "eventlet"
    language: str = "vi"
    timezone: str = "Asia/Ho_Chi_Minh"
    secure_cookies: bool = False
    trusted_proxies: int = 0
    hsts_days: int = 0
    require_confinement: bool = False
    require_second_factor: bool = False
    session_hours: int = 12
    max_upload_bytes: int = 200 * 1024 * 1024
    disk_floor_bytes: int = 2048 * 1024 * 1024
    disk_reserve_bytes: int = 64 * 1024 * 1024
    person_quota_bytes: int = 5000 * 1024 * 1024
    meeting_quota_bytes: int = 3000 * 1024 * 1024
    metrics_token: str = ""
    direct_broadcast: bool = True
    tls: bool = False
    witness: Path | None = None
    backup: Path | None = None
    backup_keep_days: int = 14
    audit_days: int = 730

    @property
    def lock_path(self) -> Path | None:
        """Path of the write lock's file; None where the database locks rows."""
        return self.data / "write.lock" if self.database_url.startswith("sqlite") else None

    @property
    def witness_folder(self) -> Path:
        """Folder of the witness files; in the data folder where none can be made beside it."""
        beside = self.data.with_name(f"{self.data.name}-witness")
        if (
            self.witness is None
            and not beside.exists()
            and not os.access(self.data.parent, os.W_OK)
        ):
            return self.data / "witness"
        return self.witness or beside

    @property
    def disk_reserve(self) -> DiskReserve:
        """The reserve of the data folder's disk."""
        return DiskReserve(self.data / "disk-reserve", self.disk_reserve_bytes)

    @property
    def cookie_prefix(self) -> str:
        """Prefix of the names of all cookies, which browsers enforce over TLS (RFC 6265bis, 4.1.3).

        `__Host-` allows one host and the path / only: a proxy, or the demo, may mount the app below
        another path. Without TLS browsers refuse both prefixes.
        """
        if not self.secure_cookies:
            return ""
        return "__Secure-" if self.trusted_proxies or self.demo else "__Host-"

    @property
    def worker_socket(self) -> Path:
        """Unix socket on which the worker listens for web."""
        return self.data / "worker.sock"


LEAST_AUDIT_DAYS = 90
"""Days for which nobody can delete audit entries."""

SETTINGS: Mapping[str, str] = {
    "DIENHONG_DATA": "folder of database, papers and keys",
    "DIENHONG_DATABASE_URL": "database; default SQLite in the data folder",
    "DIENHONG_SECRET_KEY": "signs cookies; default a random one kept in the data folder",
    "DIENHONG_ASYNC_MODE": "eventlet (default) or threading",
    "DIENHONG_LANGUAGE": "language of a first visit: vi (default) or en",
    "DIENHONG_TIMEZONE": "time zone of the building, default Asia/Ho_Chi_Minh",
    "DIENHONG_SECURE_COOKIES": "1 where a proxy ends TLS; always on with own certificates",
    "DIENHONG_TRUSTED_PROXIES": "number of reverse proxies before the server, default 0",
    "DIENHONG_HSTS_DAYS": "days that browsers refuse plain HTTP for the host name, default 0",
    "DIENHONG_REQUIRE_CONFINEMENT": "1: no document is opened unless the kernel confines it",
    "DIENHONG_REQUIRE_SECOND_FACTOR": "1: administrators and secretaries need a second factor",
    "DIENHONG_SESSION_HOURS": "hours that an unused sign-in lasts, default 12",
    "DIENHONG_MAX_UPLOAD_MB": "largest paper in megabytes, default 200",
    "DIENHONG_DISK_FLOOR_MB": "free megabytes below which nothing is uploaded, default 2048",
    "DIENHONG_DISK_RESERVE_MB": "megabytes given up when the disk is full, default 64",
    "DIENHONG_PERSON_QUOTA_MB": "megabytes that one person may upload, default 5000; 0: any",
    "DIENHONG_MEETING_QUOTA_MB": "megabytes of the documents of a meeting, default 3000; 0: any",
    "DIENHONG_METRICS_TOKEN": "bearer token for /metrics from another machine",
    "DIENHONG_WITNESS": "existing folder for witness files, best on another disk",
    "DIENHONG_BACKUP": "existing folder for nightly backups, best on another disk",
    "DIENHONG_BACKUP_KEEP_DAYS": "days that a scheduled backup is kept, default 14",
    "DIENHONG_KEY_PASSPHRASE": "passphrase of exported keys, instead of typing it",
    "DIENHONG_AUDIT_DAYS": "days that audit entries are kept, default 730, at least 90",
    "DIENHONG_DIRECT_BROADCAST": "0: everything to tablets goes through their queues, default 1",
}
"""Every environment setting and its effect; a test compares the documentation with it."""


def read_config(
    data: Path,
    *,
    host: str = "0.0.0.0",  # noqa: S104
    port: int = 8080,
    demo: bool = False,
    env: Mapping[str, str] = os.environ,
) -> Config:
    """Return the configuration of this process. Creates the data folder (0700) and its secret.

    Raises: UnsafeSetting with a message for the operator.
    """
    data = data.resolve()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    language = _choice(env, "DIENHONG_LANGUAGE", "vi", "en")
    tls = files_in(data).there()
    return Config(
        data=data,
        database_url=_database_url(data, env),
        secret_key=_secret_key(data, env),
        host=host,
        port=port,
        demo=demo,
        async_mode=_async_mode(data, env),
        language=language,
        timezone=env.get("DIENHONG_TIMEZONE", "Asia/Ho_Chi_Minh"),
        secure_cookies=tls or env.get("DIENHONG_SECURE_COOKIES", "") == "1",
        trusted_proxies=_number(env, "DIENHONG_TRUSTED_PROXIES", 0),
        hsts_days=_number(env, "DIENHONG_HSTS_DAYS", 0),
        require_confinement=env.get("DIENHONG_REQUIRE_CONFINEMENT", "") == "1",
        require_second_factor=env.get("DIENHONG_REQUIRE_SECOND_FACTOR", "") == "1",
        session_hours=_number(env, "DIENHONG_SESSION_HOURS", 12),
        max_upload_bytes=_megabytes(env, "DIENHONG_MAX_UPLOAD_MB", 200),
        disk_floor_bytes=_megabytes(env, "DIENHONG_DISK_FLOOR_MB", 2048),
        disk_reserve_bytes=_megabytes(env, "DIENHONG_DISK_RESERVE_MB", 64),
        person_quota_bytes=_megabytes(env, "DIENHONG_PERSON_QUOTA_MB", 5000),
        meeting_quota_bytes=_megabytes(env, "DIENHONG_MEETING_QUOTA_MB", 3000),
        metrics_token=env.get("DIENHONG_METRICS_TOKEN", ""),
        direct_broadcast=env.get("DIENHONG_DIRECT_BROADCAST", "1") == "1",
        tls=tls,
        witness=_folder(env, "DIENHONG_WITNESS"),
        backup=_folder(env, "DIENHONG_BACKUP"),
        backup_keep_days=_number(env, "DIENHONG_BACKUP_KEEP_DAYS", 14),
        audit_days=_audit_days(env),
    )


def _choice(env: Mapping[str, str], name: str, default: str, other: str) -> str:
    given = env.get(name, default)
    if given not in (default, other):
        raise UnsafeSetting(f"{name}={given}: use {default} or {other}.")
    return given


def _async_mode(data: Path, env: Mapping[str, str]) -> str:
    mode = _choice(env, "DIENHONG_ASYNC_MODE", "eventlet", "threading")
    if mode == "threading" and files_in(data).there():
        raise UnsafeSetting(
            "DIENHONG_ASYNC_MODE=threading serves no HTTPS: use eventlet,"
            f" or remove {files_in(data).folder}."
        )
    return mode


def _audit_days(env: Mapping[str, str]) -> int:
    days = _number(env, "DIENHONG_AUDIT_DAYS", 730)
    if days < LEAST_AUDIT_DAYS:
        raise UnsafeSetting(f"DIENHONG_AUDIT_DAYS={days}: keep at least {LEAST_AUDIT_DAYS} days.")
    return days


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    given = env.get(name, "")
    if given and not Path(given).is_dir():
        raise UnsafeSetting(
            f"{name}={given}: no such folder. Connect its disk, or create the folder."
        )
    return Path(given).resolve() if given else None


def _database_url(data: Path, env: Mapping[str, str]) -> str:
    url = env.get("DIENHONG_DATABASE_URL", f"sqlite:///{data / 'dienhong.sqlite3'}")
    if not url.startswith("sqlite:///"):
        raise UnsafeSetting("DIENHONG_DATABASE_URL: only sqlite:///FILE is supported.")
    return url


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name, str(default))
    if not text.isdecimal():
        raise UnsafeSetting(f"{name}={text}: use a whole number.")
    return int(text)


def _megabytes(env: Mapping[str, str], name: str, default: int) -> int:
    """The bytes of a setting in megabytes."""
    return _number(env, name, default) * 1024 * 1024


def _secret_key(data: Path, env: Mapping[str, str]) -> str:
    given = env.get("DIENHONG_SECRET_KEY")
    if given is not None:
        if given.lower() in _WEAK_SECRETS or len(given) < 32:
            raise UnsafeSetting(
                "DIENHONG_SECRET_KEY is a default or too short: give at least 32 random characters,"
                " or leave it out and one is made and kept in the data folder."
            )
        return given
    path = data / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32))
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise UnsafeSetting(f"{path} can be read by others: run chmod 600 on it.")
    kept = path.read_text().strip()
    if len(kept) < 32:
        raise UnsafeSetting(f"{path} is empty or cut off: remove it and a new key is made.")
    return kept
