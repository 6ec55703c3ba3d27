"""Permissions and refusals of the audit."""

from enum import StrEnum

from core.errors import Refusal
from core.permissions import Role


class Action(StrEnum):
    """Actions on the audit."""

    READ = "audit.read"
    EXPORT = "audit.export"
    PRUNE = "audit.prune"


permissions: dict[StrEnum, frozenset[Role]] = dict.fromkeys(Action, frozenset({Role.ADMIN}))


class AuditTooYoung(Refusal):
    """Entries may be deleted only after a minimum age. `days`: that age."""

    code, status = "audit_too_young", 422
