"""Quotas of uploads: how many bytes of files, and of PDFs made of them, one person and one meeting
may store.

All versions count, each with its size, also where two have the same content. The transaction that
adds a version checks them, so that uploads at the same time cannot exceed them together.
"""

from enum import StrEnum

import msgspec
from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import Session

from core.app_context import current_context
from core.errors import Refusal
from documents.containers import Container, policy_of
from documents.declares import MeetingQuotaReached, PersonQuotaReached
from documents.models import Document, DocumentVersion

MEGABYTE = 1024 * 1024
NEARLY_PERCENT = 80
"""Use from which people are told."""


class QuotaOf(StrEnum):
    """Whose uploads a quota counts."""

    PERSON = "person"
    MEETING = "meeting"


class Use(msgspec.Struct, frozen=True):
    """The use of one quota, in bytes. limit: more than 0."""

    of: QuotaOf
    used: int
    limit: int

    @property
    def nearly(self) -> bool:
        """Whether little is left."""
        return self.used * 100 > self.limit * NEARLY_PERCENT

    def refusal(self, size: int) -> Refusal | None:
        """The refusal of a file of this many bytes, if it does not fit."""
        if self.used + size <= self.limit:
            return None
        kind = PersonQuotaReached if self.of is QuotaOf.PERSON else MeetingQuotaReached
        return kind(
            used_mb=self.used // MEGABYTE,
            file_mb=-(-size // MEGABYTE),
            limit_mb=self.limit // MEGABYTE,
        )


def uses(session: Session, user_id: str, container: Container) -> list[Use]:
    """The quotas that an upload of a person to a container counts against; without those of 0.

    Raises: NotFound (no such container).
    """
    config = current_context().config
    found = []
    if limit := config.person_quota_bytes:
        mine = DocumentVersion.created_by == user_id
        found.append(Use(QuotaOf.PERSON, _bytes(session, mine), limit))
    if limit := config.meeting_quota_bytes:
        names = [(one.kind, one.id) for one in policy_of(container).beside(session, container)]
        there = tuple_(Document.container_kind, Document.container_id).in_(names)
        found.append(Use(QuotaOf.MEETING, _bytes(session, there), limit))
    return found


def check_quotas(session: Session, user_id: str, container: Container, size: int) -> None:
    """Raises: PersonQuotaReached, MeetingQuotaReached if a file of `size` bytes does not fit."""
    for use in uses(session, user_id, container):
        if refusal := use.refusal(size):
            raise refusal


def _bytes(session: Session, which: ColumnElement[bool]) -> int:
    stored = DocumentVersion.size + func.coalesce(DocumentVersion.source_size, 0)
    total = select(func.sum(stored)).join(Document, Document.id == DocumentVersion.document_id)
    return session.scalar(total.where(which)) or 0
