"""Counts the starts of an installation, inside and outside the database.

A data folder that was put back by hand has counted fewer starts than the witness file: clients
would take its history for the present one. `./run restore` gives it a new epoch instead.
"""

from pathlib import Path

import structlog

from core.app_context import AppContext
from core.append_only_files import Record
from core.db.models import Installation

FILE = "starts.txt"

log = structlog.get_logger()


INCOMPLETE = "restore.incomplete"
"""In a data folder whose restore has not ended: two servers could go on with one history."""


class IncompleteRestore(Exception):
    """A restore into this data folder was interrupted."""


def check_complete(data: Path) -> None:
    """Refuse a data folder whose restore was interrupted. Raises: IncompleteRestore."""
    if data.joinpath(INCOMPLETE).exists():
        raise IncompleteRestore(
            f"Việc khôi phục vào {data} bị ngắt giữa chừng: xóa thư mục này rồi khôi phục lại."
            f" / A restore into {data} was interrupted: delete this folder and restore again."
        )


class OldData(Exception):
    """The data folder is an old copy; the message says which command continues with it."""


def count_start(context: AppContext) -> None:
    """Count a start, unless the data are older than the witness file says. Raises: OldData."""
    with context.database.write() as session:
        row = session.get_one(Installation, 1)
        _check(context, row.epoch, row.starts)
        row.starts += 1
        epoch, starts = row.epoch, row.starts
        context.database.commit(session)
    try:
        context.witness_files.append([Record(FILE, f"{epoch} {starts}\n")])
    except OSError:
        # It waits for the next append; votes are refused meanwhile.
        log.exception("witness_unusable", folder=str(context.witness_files.folder))


def _check(context: AppContext, epoch: str, starts: int) -> None:
    """Raises OldData for fewer starts, or an epoch that a restore has replaced."""
    seen = [record.split() for record in context.witness_files.all(FILE)]
    own = [int(one[1]) for one in seen if one[0] == epoch]
    if not own or (seen[-1][0] == epoch and own[-1] <= starts):
        return
    data = context.config.data
    raise OldData(
        f"Thư mục {data} là một bản cũ: máy chủ đã chạy với dữ liệu mới hơn. Để tiếp tục từ bản"
        f" này, chạy ./run restore {data} --data THƯ_MỤC_MỚI. / The folder {data} is an old copy:"
        f" the server has run with newer data. To continue from it, run ./run restore {data}"
        " --data NEW_FOLDER."
    )
