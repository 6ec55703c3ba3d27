"""The inventories of docs/security.md name all that the program does; and what it must never do."""

import ast
import re
from functools import cache
from pathlib import Path

import app  # noqa: F401 - its imports define all tables
from core.db.database import Base
from core.paths import ROOT

SERVER = (
    *("accounts", "core", "documents", "meetings", "audit", "backup"),
    *("app.py", "maintenance.py"),
)
PARTS = (*SERVER, "verifier", "launcher")
CRYPTOGRAPHY = {
    *("hashlib", "hmac", "secrets", "ssl"),
    *("cryptography", "argon2", "itsdangerous", "webauthn"),
}
CLIENTS = {"requests", "httpx", "aiohttp", "urllib3", "smtplib", "imaplib", "ftplib", "ldap3"}
UNSAFE_READERS = {"pickle", "marshal", "shelve", "yaml", "dill", "xmlrpc", "telnetlib"}
LOUD = {"warning", "error", "exception", "critical"}
NOT_FOR_SECRETS = {Path("core/server/timeouts.py"): "spreads the closing of idle connections"}
"""Why a module may use a predictable random source."""
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))


@cache
def trees(parts: tuple[str, ...] = PARTS) -> list[tuple[Path, ast.Module]]:
    """The syntax of every Python file of these parts, by its path below the project."""
    found = []
    for part in parts:
        whole = ROOT / part
        for file in [whole] if whole.is_file() else sorted(whole.rglob("*.py")):
            found.append((file.relative_to(ROOT), ast.parse(file.read_text())))
    return found


def imported(tree: ast.Module) -> set[str]:
    """The modules that a file imports, as written, and the packages that they are in."""
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return named | {name.partition(".")[0] for name in named}


def section(title: str) -> str:
    """The text of one section of the document."""
    text = (ROOT / "docs" / "security.md").read_text()
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_every_use_of_cryptography_stands_in_its_inventory():
    named = set(re.findall(r"`((?:\w+/)+\w+\.py)`", section("Keys and algorithms")))
    using = {str(file) for file, tree in trees() if imported(tree) & CRYPTOGRAPHY}
    # These only call what the files of the inventory make.
    callers = {"core/http/middleware.py"}
    assert using - named == set()
    assert named - using - callers == set()


def test_no_hash_is_weaker_than_sha_256_and_no_random_value_predictable():
    for file, tree in trees():
        names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not names & {"md5", "sha1", "MD5", "SHA1", "ECB", "PKCS1v15", "uuid1"}, file
        assert "random" not in imported(tree) or file in NOT_FOR_SECRETS, file


def test_the_server_connects_to_nothing_and_runs_nothing_that_it_is_sent():
    for file, tree in trees(SERVER):
        assert not imported(tree) & (CLIENTS | UNSAFE_READERS | {"urllib.request"}), file
        assert "http.client" not in imported(tree), file
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                assert called not in {"eval", "exec", "compile", "os.system", "os.popen"}, file
                assert called != "render_template_string", file
                assert not [word for word in node.keywords if word.arg == "shell"], file


def test_every_event_of_a_fault_stands_in_the_inventory_of_logs():
    text = section("Logs")
    missing = {
        f"{file}: {node.args[0].value!r}"
        for file, tree in trees(SERVER)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in LOUD
        and ast.unparse(node.func.value) == "log"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and f"`{node.args[0].value!s}`" not in text
    }
    assert missing == set()


def test_only_the_names_of_queries_are_built_of_text():
    """Values always go to the database beside a statement, never in it."""
    for file, tree in trees(SERVER):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"text", "sqlalchemy.text"}:
                assert isinstance(node.args[0], ast.Constant), file


def test_templates_escape_what_they_show():
    for page in sorted((ROOT / "templates").rglob("*.html")):
        source = page.read_text()
        assert not re.findall(r"\|\s*safe\b|autoescape|\son\w+=", source), page.name
        # Within a script there is only JSON, in which "<" and "&" are escaped.
        scripts = re.findall(r"<script[^>]*>(.*?)</script>", source, re.DOTALL)
        assert {text.strip() for text in scripts} <= {"", "{{ boot|tojson }}"}, page.name
        for attribute in re.findall(r"\s[\w-]+=(\S*)", source):
            assert not attribute.startswith("{{"), f"{page.name}: an attribute without quotes"
    for file, tree in trees(SERVER):
        assert "markupsafe" not in imported(tree), file


def test_a_get_changes_nothing():
    """Reading views call no service function that changes something: those go through `act`."""
    for file, tree in trees(SERVER):
        for view in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            if any(
                ast.unparse(one).partition("(")[0].endswith(".get") for one in view.decorator_list
            ):
                called = {
                    ast.unparse(node.func) for node in ast.walk(view) if isinstance(node, ast.Call)
                }
                assert not called & {"act", "act_with", "transaction"}, f"{file}: {view.name}"


def test_the_log_goes_to_one_place():
    for file, tree in trees(SERVER):
        handlers = {"logging.handlers", "syslog", "logging.FileHandler"}
        assert not imported(tree) & handlers, file


def test_every_table_has_a_level_of_protection():
    text = section("Data")
    assert len(Base.metadata.tables) > 20
    assert [name for name in sorted(Base.metadata.tables) if f"`{name}`" not in text] == []


def test_scripts_make_no_markup_and_no_program_of_text():
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write\b|unsafeHTML|unsafeSVG"
    program = r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]|srcdoc|javascript:|__proto__"
    # Other windows are not listened to: tabs of the same origin speak over BroadcastChannel.
    foreign = r"window\.onmessage|addEventListener\(\"message\"|https?://(?!www\.w3\.org)"
    # A value that is set through two keys of data could change the prototype of all objects.
    deep = r"\[[a-zA-Z][^\]\n]*\](?:\.\w+)*\[[^\]\n]+\]\s*=[^=>]"
    assert len(SCRIPTS) > 100
    for script in SCRIPTS:
        code = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", script.read_text(), flags=re.DOTALL)
        assert re.findall(f"{markup}|{program}|{foreign}|{deep}", code) == [], script.name


def test_password_fields_are_masked_and_open_to_password_managers():
    page = (ROOT / "templates" / "sign_in.html").read_text()
    (field,) = re.findall(r"<input[^>]*name=\"password\"[^>]*>", page)
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    # Pressed before its script is there, the form must not send the password in an address.
    (form,) = re.findall(r"<form[^>]*>", page)
    (submit,) = re.findall(r"<button[^>]*type=\"submit\"[^>]*>", page)
    assert 'method="post"' in form
    assert " disabled" in submit
    shared = (ROOT / "static" / "js" / "lib" / "ui" / "password_field.js").read_text()
    assert re.search(r'<input[^>]*type="password"[^>]*autocomplete=\$\{autocomplete\}', shared)
    kinds = set()
    for script in SCRIPTS:
        source = script.read_text()
        kinds |= set(re.findall(r'autocomplete: "([\w-]+)"', source))
        assert not re.findall(r"@paste=\$\{[^}]*preventDefault|onpaste", source), script.name
        if 'type="password"' in source:
            assert script.name == "password_field.js"
    assert kinds == {"current-password", "new-password"}
