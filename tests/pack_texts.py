"""Texts of rule packs for tests, made from the built-in ones as an administrator would."""

from meetings.voting.rules.packs import BUILT_IN

GENERAL = BUILT_IN.joinpath("general.toml").read_text()
OWN = (
    GENERAL.replace('id = "general"', 'id = "school"')
    .replace('kinds = ["general"]', 'kinds = ["school_council"]')
    .replace('id = "committee_general"', 'id = "school_decision"')
)
"""A school council's own pack."""


def own_pack(
    name: str, *, version: int = 1, kind: str = "school_council", rule: str = "", more: str = ""
) -> str:
    """A pack of its own name for a kind of meeting. `more`: entries of its rule."""
    return (
        OWN.replace('id = "school"', f'id = "{name}"')
        .replace('kinds = ["school_council"]', f'kinds = ["{kind}"]')
        .replace('id = "school_decision"', f'id = "{rule or name + "_decision"}"')
        .replace("version = 1", f"version = {version}")
        .replace('base = "cast"', f'base = "cast"\n{more}' if more else 'base = "cast"')
    )
