"""Tables of documents and their versions.

Data of single pages (images, words) is stored in files named by the SHA-256 of the original
(`pages.files`). A version's row stores the page data that a screen needs for all pages at once.
"""

from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db.database import Base
from documents.containers import Container


class VersionStatus(StrEnum):
    """The state of a version. While it is processing, its finished pages can be read."""

    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


class Document(Base):
    """A document. `current_version`: the number of the version that the room reads.

    A new version becomes current when it is ready if the document is published, otherwise at once.
    """

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_shelf", "shelf_kind", "shelf_id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    container_kind: Mapped[str] = mapped_column("shelf_kind")
    container_id: Mapped[str] = mapped_column("shelf_id")
    title: Mapped[str]
    kind: Mapped[str]
    position: Mapped[int]
    current_version: Mapped[int]
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    open_to_guests: Mapped[bool] = mapped_column(default=False)
    created_by: Mapped[str]
    created_at: Mapped[datetime]

    versions: Mapped[list["DocumentVersion"]] = relationship(
        order_by="DocumentVersion.number", cascade="all, delete-orphan"
    )

    @property
    def container(self) -> Container:
        """The container of the document."""
        return Container(self.container_kind, self.container_id)


class DocumentVersion(Base):
    """One uploaded file of a document. `size` in bytes.

    sha256, size: of the PDF that is shown. source_sha256, source_size, source_format: of the
    uploaded file where that is another one; until it is converted, sha256 and size are its own too.
    notices: JSON list of what it holds and the pages do not show (`conversion.converter.Notice`).
    page_sizes: JSON [[count, width_pt, height_pt], …] once measured. page_labels: JSON list of
    printed page numbers, None when the document has none. error_code: why it failed.
    """

    __tablename__ = "document_version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    status: Mapped[VersionStatus]
    sha256: Mapped[str] = mapped_column(index=True)
    size: Mapped[int]
    file_name: Mapped[str]
    page_count: Mapped[int | None] = mapped_column(default=None)
    pages_done: Mapped[int] = mapped_column(default=0)
    page_sizes: Mapped[str | None] = mapped_column(Text, default=None)
    page_labels: Mapped[str | None] = mapped_column(Text, default=None)
    error_code: Mapped[str | None] = mapped_column(default=None)
    source_sha256: Mapped[str | None] = mapped_column(index=True, default=None)
    source_size: Mapped[int | None] = mapped_column(default=None)
    source_format: Mapped[str | None] = mapped_column(default=None)
    notices: Mapped[str | None] = mapped_column(Text, default=None)
    created_by: Mapped[str]
    created_at: Mapped[datetime]

    @property
    def notice_codes(self) -> list[str]:
        """The codes in `notices`."""
        return msgspec.json.decode(self.notices, type=list[str]) if self.notices else []

    @property
    def is_converted(self) -> bool:
        """Whether `sha256` is that of a PDF."""
        return self.sha256 != self.source_sha256
