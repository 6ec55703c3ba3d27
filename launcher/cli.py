"""The command line of ./run: parses arguments, calls one function, prints errors in a sentence."""

import argparse
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from launcher import copies, doctor, sbom, serving, testing, tls
from launcher.messages import Trouble, prepare_streams, say
from verifier import __main__ as verifier

DEFAULT_HOST = "0.0.0.0"  # noqa: S104 - tablets connect from the network
DEFAULT_PORT = 8080
INTERRUPTED = 130


def main(words: Sequence[str]) -> int:
    """Run one command. Returns the exit code; 2 means that the user has to correct something."""
    prepare_streams()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        return _run(words)
    except Trouble as trouble:
        print(trouble, file=sys.stderr, flush=True)
        return trouble.exit_code
    except KeyboardInterrupt:
        say("Đã dừng.", "stopped.")
        return INTERRUPTED


def _run(words: Sequence[str]) -> int:
    if words and words[0] == "test":  # further arguments are pytest's
        testing.test(words[1:])
    if words and words[0] == "bench":
        testing.become("bench", words[1:])
    if words and words[0] == "verify":  # standard library only: needs no set-up
        return verifier.main(list(words[1:]))
    asked = _parser().parse_args(words)
    return _TASKS[asked.command](asked)


def _doctor(asked: argparse.Namespace) -> int:
    return sbom.write(asked.sbom) if asked.sbom else doctor.doctor(DEFAULT_PORT)


def _tls(asked: argparse.Namespace) -> int:
    if asked.task == "seal":
        return tls.seal(asked.data, asked.to)
    return tls.init(asked.data, asked.name)


def _restore(asked: argparse.Namespace) -> int:
    return copies.restore(
        asked.copy,
        asked.data,
        keys=asked.keys,
        without_key=asked.without_key,
        insecure_http=asked.insecure_http,
    )


def _serve(asked: argparse.Namespace) -> int:
    demo = asked.command == "demo"
    insecure = demo or asked.insecure_http
    serving.serve(
        host=asked.host, port=asked.port, data=asked.data, demo=demo, insecure_http=insecure
    )
    return 0


_TASKS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "demo": _serve,
    "serve": _serve,
    "doctor": _doctor,
    "rotate-vote-key": lambda asked: serving.rotate_vote_key(asked.data),
    "remove-second-factor": lambda asked: serving.remove_second_factor(asked.data, asked.username),
    "tls": _tls,
    "backup": lambda asked: copies.backup(asked.data, asked.to, with_keys=asked.with_keys),
    "restore": _restore,
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run", description="Diên Hồng: phòng họp không giấy")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    demo = commands.add_parser("demo", help="xem thử một phiên họp mẫu / a believable meeting, now")
    serve = commands.add_parser("serve", help="chạy thật / the production start")
    serve.add_argument(
        "--insecure-http",
        action="store_true",
        help="thư mục mới không mã hóa / a new data folder without HTTPS",
    )
    for command in (demo, serve):
        command.add_argument("--host", default=DEFAULT_HOST, help=f"({DEFAULT_HOST})")
        command.add_argument("--port", type=_port, default=DEFAULT_PORT, help=f"({DEFAULT_PORT})")
        command.add_argument("--data", type=Path, help="thư mục dữ liệu / data folder")
    commands.add_parser(
        "test", help="chạy kiểm thử / the tests [--quick|--full|--faults] and pytest's words"
    )
    commands.add_parser("bench", help="đo hiệu năng / the benchmarks [NAME]")
    commands.add_parser("verify", help="kiểm tra nhật ký biểu quyết / check a vote archive ZIP")
    rotate = commands.add_parser(
        "rotate-vote-key", help="thay khóa ký nhật ký biểu quyết / a new key for the vote log"
    )
    rotate.add_argument("--data", type=Path, help="thư mục dữ liệu / data folder")
    factor = commands.add_parser(
        "remove-second-factor", help="tắt đăng nhập hai bước / for who lost phone and codes"
    )
    factor.add_argument("username", help="tên đăng nhập / user name")
    factor.add_argument("--data", type=Path, help="thư mục dữ liệu / data folder")
    _add_copies(commands)
    _add_tls(commands.add_parser("tls", help="chạy HTTPS / serve HTTPS: ./run tls init"))
    report = commands.add_parser("doctor", help="máy này thiếu gì / what this machine lacks")
    report.add_argument(
        "--sbom",
        type=Path,
        nargs="?",
        const=sbom.STDOUT,
        metavar="FILE",
        help="chỉ liệt kê phần mềm đã cài / only list the installed software, as CycloneDX",
    )
    return parser


def _add_copies(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser("backup", help="sao lưu khi đang chạy / a checked copy, any time")
    backup.add_argument("--to", type=Path, required=True, help="thư mục hay USB / folder or stick")
    backup.add_argument("--data", type=Path, help="thư mục dữ liệu / data folder")
    backup.add_argument(
        "--with-keys", action="store_true", help="kèm khóa, có mật khẩu / the keys too, encrypted"
    )
    restore = commands.add_parser("restore", help="chạy tiếp từ bản sao / go on from a copy")
    restore.add_argument("copy", type=Path, help="bản sao lưu / the copy")
    restore.add_argument("--data", type=Path, required=True, help="thư mục trống / empty folder")
    key = restore.add_mutually_exclusive_group()
    key.add_argument(
        "--keys",
        type=Path,
        metavar="FILE",
        help="tệp khóa nằm ngoài bản sao / exported keys that are not in the copy",
    )
    key.add_argument(
        "--without-key", action="store_true", help="khóa đã mất / the key of the logs was lost"
    )
    restore.add_argument(
        "--insecure-http",
        action="store_true",
        help="bản sao không có chứng chỉ thì chạy HTTP / without HTTPS if the copy has none",
    )


def _add_tls(parser: argparse.ArgumentParser) -> None:
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    init = tasks.add_parser("init", help="tạo chứng chỉ / make or renew the certificates")
    init.add_argument("--data", type=Path, help="thư mục dữ liệu / data folder")
    init.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="HOST",
        help="thêm tên máy hay địa chỉ, ghi được nhiều lần / one more host name or address",
    )
    seal = tasks.add_parser("seal", help="cất khóa gốc ra ngoài / move the authority's key away")
    seal.add_argument("--data", type=Path, help="thư mục dữ liệu / data folder")
    seal.add_argument(
        "--to", type=Path, required=True, help="tệp mới, có mật khẩu / encrypted file"
    )


def _port(word: str) -> int:
    if not word.isdigit() or int(word) > 65535:
        raise argparse.ArgumentTypeError(f"cổng từ 0 đến 65535 / a port from 0 to 65535: {word}")
    return int(word)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
