"""Items of the work list in words: what they are about, what was tried, what came of them."""

from __future__ import annotations

from receptionist.i18n import _
from receptionist.model.worklist import AttemptOutcome, Disposition, WorkKind


def kind_words(kind: WorkKind) -> str:
    """What an item is about, in one to three words."""
    return {
        WorkKind.MISSED: _("missed"),
        WorkKind.LOST: _("lost"),
        WorkKind.MESSAGE: _("left a message"),
        WorkKind.PROMISED: _("call-back promised"),
        WorkKind.NOTE: _("note for the owner"),
        WorkKind.CONFLICT: _("appointment"),
        WorkKind.PUSH: _("owner does not know yet"),
        WorkKind.EXPIRING: _("instruction ends"),
        WorkKind.GAP: _("nobody on call"),
    }[kind]


def outcome_words(outcome: AttemptOutcome) -> str:
    """What came of an attempt."""
    return {
        AttemptOutcome.NO_ANSWER: _("no answer"),
        AttemptOutcome.BUSY: _("busy"),
        AttemptOutcome.FAILED: _("could not be reached"),
        AttemptOutcome.ANSWERED: _("reached"),
        AttemptOutcome.MAILBOX: _("message left"),
        AttemptOutcome.NOT_IN: _("not in"),
        AttemptOutcome.CALLED: _("has called himself"),
    }[outcome]


def said_words(disposition: Disposition) -> str:
    """What came of an item, as it is told afterwards."""
    return {
        Disposition.DONE: _("done"),
        Disposition.NOTED: _("taken note of"),
        Disposition.CALLS_AGAIN: _("calls again"),
        Disposition.CALL_BACK: _("to be called back"),
        Disposition.FOLLOW_UP: _("follow-up"),
        Disposition.VOID: _("no longer so"),
    }[disposition]
