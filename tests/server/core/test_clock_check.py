"""A clock that does not fit the data is noticed at the start, and votes need somebody's word."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import app
from accounts.people.service import SYSTEM, NewUser, add_user
from accounts.shared.declares import Action
from accounts.shared.models import User
from core import clock
from core.app_context import AppContext, install_context
from core.clock_check import (
    ClockDoubtful,
    accept_clock,
    check_clock,
    clock_doubt,
    compare_clock,
)
from core.config import read_config
from core.transactions.transaction import transaction, transaction_on
from meetings.voting.vote_log.installation_key import open_witness


@pytest.fixture
def context(tmp_path: Path) -> Iterator[AppContext]:
    """A prepared context with one record of now."""
    config = read_config(tmp_path / "data")
    app.prepare(config)
    made = app.assemble(config)
    open_witness(made)
    real = clock.set_source(clock.now)
    clock.set_source(real)
    add_user(SYSTEM, NewUser("a", "A"), password_hash="none")
    yield made
    clock.set_source(real)
    compare_clock(made)
    made.database.close()
    install_context(None)


def start(context: AppContext, **later: int) -> None:
    """The server starts that much later (or earlier) than the newest record."""
    now = clock.now() + timedelta(**later)
    clock.set_source(lambda: now)
    compare_clock(context)


@pytest.mark.parametrize("later", [{"minutes": -1}, {"hours": 8}, {"days": 29}])
def test_an_ordinary_start_is_not_doubted(context: AppContext, later: dict[str, int]):
    start(context, **later)
    check_clock(confirmed=False)
    assert clock_doubt() is None


@pytest.mark.parametrize("later", [{"minutes": -10}, {"days": -900}, {"days": 31}])
def test_an_earlier_or_much_later_clock_is_doubted(context: AppContext, later: dict[str, int]):
    start(context, **later)
    with pytest.raises(ClockDoubtful) as doubt:
        check_clock(confirmed=False)
    assert doubt.value.params["now"] != doubt.value.params["newest"]
    check_clock(confirmed=True)
    with transaction() as tx:
        assert accept_clock(tx) is not None
        tx.audit(None, Action.USER_CHANGE, User(id="a"))
    check_clock(confirmed=False)
    # The next start knows it, too: an earlier clock would be doubted for ever.
    compare_clock(context)
    check_clock(confirmed=False)


def test_a_word_that_was_rolled_back_was_not_given(context: AppContext):
    start(context, days=-2)
    with context.database.write() as session:
        assert accept_clock(transaction_on(session, context)) is not None
    with pytest.raises(ClockDoubtful):
        check_clock(confirmed=False)


def test_records_of_a_wrong_clock_do_not_hide_it_at_the_next_start(context: AppContext):
    start(context, days=-900)
    add_user(SYSTEM, NewUser("b", "B"), password_hash="none")
    start(context, minutes=5)
    with pytest.raises(ClockDoubtful):
        check_clock(confirmed=False)
    start(context, days=900)
    check_clock(confirmed=False)


def test_an_accepted_time_in_the_future_does_not_end_the_comparison(context: AppContext):
    after = clock.now() + timedelta(days=9000)
    clock.set_source(lambda: after)
    add_user(SYSTEM, NewUser("b", "B"), password_hash="none")
    start(context, days=-9000)
    with transaction() as tx:
        assert accept_clock(tx) is not None
        tx.audit(None, Action.USER_CHANGE, User(id="a"))
    start(context, hours=1)
    check_clock(confirmed=False)
    start(context, days=-900)
    with pytest.raises(ClockDoubtful):
        check_clock(confirmed=False)


def test_later_records_are_doubted_again(context: AppContext):
    start(context, days=-2)
    with transaction() as tx:
        accept_clock(tx)
    start(context, days=3)
    add_user(SYSTEM, NewUser("b", "B"), password_hash="none")
    start(context, days=-1)
    with pytest.raises(ClockDoubtful):
        check_clock(confirmed=False)
