"""Database reads and writes of ingest: a few short transactions for each document."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.app_context import current_context
from core.db.models import Job
from core.transactions.transaction import Tx, transaction
from documents.containers import access_to
from documents.conversion.formats import Format
from documents.declares import Action, JobKind
from documents.models import Document, DocumentVersion, VersionStatus
from documents.pages.resolutions import run_lengths
from documents.publishing import (
    notify_version_published,
    publish_put,
    publish_put_to_staff,
)
from documents.render_protocol import PageFacts

MOST_RESTARTS = 5
"""How often ingest of a document restarts after its worker died."""

PROCESSING_FAILED = "processing_failed"


class Task(msgspec.Struct, frozen=True):
    """The data of a version that ingest needs. `room_id`: the room that receives its progress."""

    version_id: str
    document_id: str
    number: int
    sha256: str
    status: VersionStatus
    page_count: int | None
    room_id: str


def first_stage(version: DocumentVersion) -> JobKind:
    """The stage with which ingest of a version begins."""
    return JobKind.INSPECT if version.is_converted else JobKind.CONVERT


def find_task(version_id: str) -> Task | None:
    """The current state of a version; None when it was removed."""
    with current_context().database.read() as session:
        version = session.get(DocumentVersion, version_id)
        if version is None:
            return None
        document = session.get_one(Document, version.document_id)
        return Task(
            version.id,
            document.id,
            version.number,
            version.sha256,
            version.status,
            version.page_count,
            _room_id(session, document),
        )


class Source(msgspec.Struct, frozen=True):
    """The uploaded file of a version that is to be converted."""

    sha256: str
    format: Format


class Pdf(msgspec.Struct, frozen=True):
    """What a file was converted to. notices: codes (`conversion.converter.Notice`)."""

    sha256: str
    size: int
    notices: list[str]


def find_source(version_id: str) -> Source | None:
    """The file to convert; None when there is none, or it is converted."""
    with current_context().database.read() as session:
        version = session.get(DocumentVersion, version_id)
        if version is None or version.is_converted:
            return None
        if version.source_sha256 is None or version.source_format is None:
            return None
        return Source(version.source_sha256, Format(version.source_format))


def find_conversion(source: Source) -> Pdf | None:
    """What the same file became when it was uploaded before."""
    same = select(DocumentVersion).where(
        DocumentVersion.source_sha256 == source.sha256,
        DocumentVersion.sha256 != source.sha256,
        DocumentVersion.source_format == source.format.value,
        DocumentVersion.status == VersionStatus.READY,
    )
    with current_context().database.read() as session:
        version = session.scalars(same.limit(1)).first()
        if version is None:
            return None
        return Pdf(version.sha256, version.size, version.notice_codes)


def converted(version_id: str, pdf: Pdf) -> None:
    """Store the PDF of a version, and queue its inspection."""
    with transaction() as tx:
        found = _find(tx, version_id)
        if found is None:
            return
        document, version = found
        version.sha256, version.size = pdf.sha256, pdf.size
        version.notices = msgspec.json.encode(pdf.notices).decode() if pdf.notices else None
        facts = {"number": version.number, "source": version.source_sha256, "sha256": pdf.sha256}
        tx.audit(None, Action.PROCESS, document, status="converted", **facts)
        tx.enqueue(JobKind.INSPECT, version_id=version_id)
        _publish_version(tx, document, version)


def any_processing() -> bool:
    """Whether any version is still processing."""
    processing = select(DocumentVersion.id).where(
        DocumentVersion.status == VersionStatus.PROCESSING
    )
    with current_context().database.read() as session:
        return session.scalar(processing.limit(1)) is not None


def measured(version_id: str, pages: Sequence[PageFacts]) -> None:
    """Store the page sizes and labels, and queue the draw stage."""
    labels = [page.label for page in pages]
    with transaction() as tx:
        found = _find(tx, version_id)
        if found is None:
            return
        document, version = found
        version.page_count = len(pages)
        runs = run_lengths([(page.width_pt, page.height_pt) for page in pages])
        version.page_sizes = msgspec.json.encode(runs).decode()
        version.page_labels = msgspec.json.encode(labels).decode() if any(labels) else None
        tx.enqueue(JobKind.DRAW, version_id=version_id)
        _publish_version(tx, document, version)


def pages_done(version_id: str, count: int) -> bool:
    """Store the number of rendered pages, without an event. False: the version was removed."""
    database = current_context().database
    with database.write() as session:
        version = session.get(DocumentVersion, version_id)
        if version is None:
            return False
        version.pages_done = count
        database.commit(session)
    return True


def ready(version_id: str) -> None:
    """Mark a version as ready: it can be published, or replaces the older version."""
    with transaction() as tx:
        found = _find(tx, version_id)
        if found is None:
            return
        document, version = found
        if version.status is VersionStatus.PROCESSING:
            version.status = VersionStatus.READY
            version.pages_done = version.page_count or 0
            newer = version.number > document.current_version
            document.current_version = max(document.current_version, version.number)
            tx.audit(None, Action.PROCESS, document, number=version.number, status="ready")
            publish_put(tx, _room_id(tx.session, document), document, None)
            if newer and document.published_at is not None:
                notify_version_published(tx, document)
        tx.enqueue(JobKind.READ_WORDS, version_id=version_id)


def failed(version_id: str, code: str) -> None:
    """Mark a version as failed. The current version does not change."""
    with transaction() as tx:
        found = _find(tx, version_id)
        if found is None or found[1].status is not VersionStatus.PROCESSING:
            return
        document, version = found
        version.status, version.error_code = VersionStatus.FAILED, code
        tx.audit(None, Action.PROCESS, document, number=version.number, status=code)
        _publish_version(tx, document, version)


def go_on(version_id: str, stage: JobKind) -> None:
    """Queue the next stage."""
    with transaction() as tx:
        tx.enqueue(stage, version_id=version_id)


def restart_stranded() -> int:
    """Restart ingest of every processing version that has no live job. Returns their number.

    Jobs are abandoned when their workers die. After MOST_RESTARTS restarts the version fails.
    """
    with current_context().database.read() as session:
        stranded = _stranded(session)
    for version_id, restarts in stranded.items():
        if restarts >= MOST_RESTARTS:
            failed(version_id, PROCESSING_FAILED)
            continue
        with transaction() as tx:
            version = tx.session.get(DocumentVersion, version_id)
            if version is not None:
                tx.enqueue(first_stage(version), version_id=version_id, restarts=restarts + 1)
    return len(stranded)


def _stranded(session: Session) -> dict[str, int]:
    """Processing versions without a live job: {version id: number of restarts}."""
    stranded = dict.fromkeys(
        session.scalars(
            select(DocumentVersion.id).where(DocumentVersion.status == VersionStatus.PROCESSING)
        ),
        0,
    )
    if not stranded:
        return stranded
    kinds = [JobKind.CONVERT.value, JobKind.INSPECT.value, JobKind.DRAW.value]
    for state, payload in session.execute(
        select(Job.state, Job.payload).where(Job.kind.in_(kinds)).order_by(Job.created_at)
    ):
        facts = msgspec.json.decode(payload)
        version_id = facts["version_id"]
        if version_id not in stranded:
            continue
        if state in ("queued", "running"):
            del stranded[version_id]
        else:
            stranded[version_id] = max(stranded[version_id], facts.get("restarts", 0))
    return stranded


def _find(tx: Tx, version_id: str) -> tuple[Document, DocumentVersion] | None:
    version = tx.session.get(DocumentVersion, version_id)
    if version is None:
        return None
    return tx.lock(Document, version.document_id), version


def _publish_version(tx: Tx, document: Document, version: DocumentVersion) -> None:
    """Publish to readers, or only to staff while the version is newer than the current one."""
    newer = version.number > document.current_version
    publish = publish_put_to_staff if newer else publish_put
    publish(tx, _room_id(tx.session, document), document, None)


def _room_id(session: Session, document: Document) -> str:
    return access_to(session, None, document.container).room_id
