"""The installation's secret: made at random, kept for the program alone, never a known one."""

import stat
from pathlib import Path

import pytest

from core.config import UnsafeSetting, read_config

SECRET = "DIENHONG_SECRET_KEY"


def test_a_secret_is_made_at_random_and_kept(tmp_path: Path):
    made = read_config(tmp_path / "a", env={}).secret_key
    assert len(made) == 64
    assert read_config(tmp_path / "a", env={}).secret_key == made
    assert read_config(tmp_path / "b", env={}).secret_key != made
    assert stat.S_IMODE((tmp_path / "a" / "secret.key").stat().st_mode) == 0o600


@pytest.mark.parametrize("given", ["", "secret", "changeme", "x" * 31])
def test_a_known_or_short_secret_is_refused(tmp_path: Path, given: str):
    with pytest.raises(UnsafeSetting, match=SECRET):
        read_config(tmp_path, env={SECRET: given})


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path):
    read_config(tmp_path, env={})
    (tmp_path / "secret.key").chmod(0o644)
    with pytest.raises(UnsafeSetting, match="chmod 600"):
        read_config(tmp_path, env={})
