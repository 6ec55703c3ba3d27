"""./run demo and ./run serve: set up, prepare the data, run web and worker under supervision."""

import json
import os
import threading
from collections.abc import Sequence
from pathlib import Path

from launcher import announce, data_lock, tls
from launcher.addresses import check_port, free_port
from launcher.logs import LogFile, to_terminal
from launcher.messages import ChildTrouble
from launcher.places import (
    PYTHON,
    ROOT,
    authority_in,
    check_is_demo,
    default_data,
    is_writable,
    ready_data,
)
from launcher.program import Program
from launcher.set_up import set_up
from launcher.steps import must, run_step
from launcher.supervise import REFUSED, Supervisor

APP = ROOT / "app.py"
PRIVATE = 0o077
"""The umask of processes that write data: not of the set-up, whose files others may use."""


def serve(
    *, host: str, port: int, data: Path | None, demo: bool, insecure_http: bool = False
) -> None:
    """Run the product until it is stopped; port 0 means any free port. Raises: Trouble.

    insecure_http: a new data folder gets no certificates. An existing one keeps its scheme.
    """
    port = port or free_port(host)
    data = ready_data(data or default_data("demo-data" if demo else "data"))
    data_lock.hold(data)
    if demo:
        check_is_demo(data)
    check_port(host, port)
    set_up()
    os.umask(PRIVATE)
    if not insecure_http:
        tls.make_for_new_data(data)
    tls.renew(data)
    prepared = prepare(data, demo=demo)
    endpoint = announce.Endpoint(host, port, authority_in(data))
    supervisor = Supervisor(_programs(host, port, data, demo=demo))
    supervisor.stop_on_signals()
    ended = threading.Event()

    def tell() -> None:
        if not announce.wait_until_up(endpoint, ended):
            return
        if demo:
            announce.show_demo(endpoint, data, prepared.get("phone_path"))
        else:
            announce.show_serve(endpoint, prepared.get("setup_path"))

    threading.Thread(target=tell, daemon=True).start()
    if endpoint.ca is not None:
        threading.Thread(target=tls.keep_renewed, args=(data, ended), daemon=True).start()
    try:
        supervisor.run()
    finally:
        ended.set()


def prepare(data: Path, *, demo: bool) -> dict[str, str | None]:
    """Migrate (and seed the demo) in `data`. Raises: Trouble, also with the product's message.

    Returns the paths to show after the start: `phone_path`, `setup_path`.
    """
    words = [PYTHON, APP, "prepare", "--data", data, *(["--demo"] if demo else [])]
    told = ("Đang chuẩn bị dữ liệu", "preparing the data")
    outcome = run_step(words, *told, env=environ())
    if outcome.code == REFUSED and outcome.errors:
        raise ChildTrouble(outcome.errors[-1])
    must(
        outcome,
        f"Không chuẩn bị được dữ liệu trong {data}: xem các dòng trên.",
        f"Could not prepare the data in {data}: see the lines above.",
    )
    answers = [line for line in outcome.out if line.startswith("{")]
    prepared: dict[str, str | None] = json.loads(answers[-1]) if answers else {}
    return prepared


def rotate_vote_key(data: Path | None) -> int:
    """Rotate the signing key of the vote log; the server may be running. Raises: Trouble."""
    return _run_task(data, ["rotate-vote-key"], "Đang thay khóa", "changing the key")


def remove_second_factor(data: Path | None, username: str) -> int:
    """Remove the second factor of an account; the server may be running. Raises: Trouble."""
    task = ["remove-second-factor", "--username", username]
    return _run_task(data, task, "Đang tắt đăng nhập hai bước", "turning two-step sign-in off")


def _run_task(data: Path | None, task: Sequence[str], vi: str, en: str) -> int:
    data = ready_data(data or default_data("data"))
    set_up()
    outcome = run_step([PYTHON, APP, *task, "--data", data], vi, en, env=environ())
    if outcome.code == REFUSED and outcome.errors:
        raise ChildTrouble(outcome.errors[-1])
    must(outcome, "Không làm được: xem các dòng trên.", "It was not done: see above.")
    for line in outcome.out:
        print(line, flush=True)
    return 0


def environ() -> dict[str, str]:
    """Environment variables of the product's processes."""
    quiet = {} if is_writable(ROOT) else {"PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, "PYTHONUNBUFFERED": "1", **quiet}


def _programs(host: str, port: int, data: Path, *, demo: bool) -> list[Program]:
    seat = ["--demo"] if demo else []
    web = ["web", "--host", host, "--port", str(port), "--data", str(data), *seat]
    worker = ["worker", "--data", str(data)]
    return [
        Program(
            words[0],
            [PYTHON, APP, *words],
            folder=ROOT,
            environ=environ(),
            sink=LogFile(data / "logs" / f"{words[0]}.log") if demo else to_terminal(),
        )
        for words in (web, worker)
    ]
