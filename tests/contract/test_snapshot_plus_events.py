"""Any snapshot and the events after it are a fresh snapshot, for every role, whatever happened."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import run_state_machine_as_test

import app
from accounts.people.service import SYSTEM, NewUser, add_user
from accounts.people.unit_service import NewUnit, add_unit
from core.actor import Actor
from core.app_context import install_context
from core.config import read_config
from tests.contract.folding import Folding, folding
from tests.contract.room_annotations import AnnotationMachine
from tests.contract.room_clients import Cast
from tests.contract.room_machine import ZONE, RoomMachine, VoteMachine
from tests.effort import FULL

pytestmark = pytest.mark.slow

NAMES = ("thuky", "chutoa", "mot", "hai", "ba")


@pytest.fixture(scope="module")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    """The application context of this process, over a data folder with these people."""
    config = read_config(tmp_path_factory.mktemp("served") / "data", env={})
    app.prepare(config)
    context = app.assemble(config)
    context.epoch = app.epoch_of(context.database)
    unit = add_unit(SYSTEM, NewUnit(name="HĐND xã"))
    made = [
        add_user(SYSTEM, NewUser(name, name.capitalize()), password_hash="none") for name in NAMES
    ]
    secretary, *others = (
        Actor(one.id, one.display_name, False, "none", may_create_meetings=True) for one in made
    )
    admin = Actor(secretary.user_id, secretary.display_name, True, "none")
    yield Cast(secretary, admin, tuple(others), unit.id)
    context.database.close()
    install_context(None)


@pytest.fixture(scope="module")
def reducers() -> Iterator[Folding]:
    """The page's reducers."""
    with folding() as running:
        yield running


def stateful(machine: type[RoomMachine], examples: int, steps: int) -> None:
    """Hypothesis chooses the rules: in each example of some of them only, so it needs many."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            # Shrinking takes minutes; the last step of what is printed is the one that failed.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def every_rule(machine: type[RoomMachine], template: str | None, rooms: int) -> None:
    """Every rule once in each room, in an order and with arguments by chance."""

    @settings(
        # The first example is always the least one, which is left out.
        max_examples=rooms + 1,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(seed=st.integers(0, 2**32), data=st.data())
    def walk(seed: int, data: st.DataObject) -> None:
        if seed == 0:
            return
        room = machine()
        room.begin(data.draw(ZONE), template)
        rules = sorted(room.rules, key=lambda one: one.function.__name__)
        random.Random(seed).shuffle(rules)
        for one in rules:
            arguments = {name: data.draw(of) for name, of in one.arguments.items()}
            note(f"{one.function.__name__}({arguments})")
            one.function(room, **arguments)
        room.teardown()

    walk()


@pytest.mark.parametrize(
    ("machine", "template", "rooms", "examples", "steps"),
    [
        (RoomMachine, "hdnd_session", 2, 12, 30),
        (VoteMachine, None, 1, 6, 30),
        (AnnotationMachine, None, 5, 10, 80),
    ],
)
def test_any_snapshot_and_the_events_after_it_are_a_fresh_snapshot(
    machine, template, rooms, examples, steps, cast, reducers
):
    machine.cast, machine.folding = cast, reducers
    every_rule(machine, template, rooms)
    if FULL:
        stateful(machine, examples, steps)
