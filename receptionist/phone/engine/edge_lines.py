"""The lines of a worker: it knows them all, and makes an account of those that have a call.

They are registered by the exchange, which every message comes from and goes to. Loop thread only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.model.office import Line
from receptionist.model.secret import Secret
from receptionist.phone.engine.accounts import (
    MOST_ACCOUNTS,
    Account,
    MediaPlace,
    routed,
)
from receptionist.phone.engine.edge import Edge
from receptionist.phone.engine.stack import Stack
from receptionist.phone.sip.sources import check
from receptionist.phone.wire import MediaWay

log = logging.getLogger(__name__)

_KEPT = 3
"""So many accounts stay without a call; four more may come at once, one for each call."""

_NOBODY = Line(id=UUID(int=0), key="", name="", registrar="nobody.invalid", user="")
"""Without any account the library refuses everybody before we are asked."""

_USUAL = MediaWay()

_STRANGER, _NO_SUCH_LINE = 403, 500


class EdgeLines:
    """The lines by id, and accounts for some of them. Nothing is reported of registrations.

    `catch_up` is called inside a callback for an INVITE of an unknown line: to know lines sooner.
    """

    behind_edge = True

    def __init__(
        self,
        stack: Stack,
        media: MediaPlace,
        edge: Edge,
        happened: Callable[..., None],
        catch_up: Callable[[], None],
    ) -> None:
        self._stack = stack
        self._media = media
        self._edge = edge
        self._happened = happened
        self._catch_up = catch_up
        self._relay: Secret | None = None
        self._known: dict[UUID, tuple[Line, Secret | None, MediaPlace]] = {}
        self._accounts: dict[UUID, Account] = {}
        self._leaving: list[Account] = []
        self._nobody = self._made(_NOBODY, None, media)
        self.new_leg: Callable[[Account, int], object] = lambda account, call: None
        stack.choose_line = self._choose

    def register(
        self,
        line: Line,
        secret: Secret | None,
        relay: Secret | None = None,
        way: MediaWay = _USUAL,
    ) -> None:
        """Know a line for calls, or change it; `relay` is the password of the TURN server."""
        check(line)
        media = self._media.by(way)
        self._relay = relay
        for one in (secret, relay):
            if one is not None and one.reveal():
                self._stack.quiet_log.secrets.add(one.reveal())
        self._known[line.id] = (line, secret, media)
        account = self._accounts.get(line.id)
        if account is not None:
            account.line = line
            account.modify(routed(line, secret, media, self._edge.route, self._relay))
        if media.asks:
            self._stack.ask_for_voices()

    def unregister(self, line_id: UUID) -> None:
        """Take no more calls for a line; its account goes when its calls are over."""
        if self._known.pop(line_id, None) is None:
            raise PhoneError("no such line")
        account = self._accounts.pop(line_id, None)
        if account is not None:
            self._leaving.append(account)

    def bury(self, busy: set[UUID]) -> None:
        """Drop accounts that are needed no more, and some that have no call (`busy` has ids)."""
        idle = [one for one in self._accounts.values() if one.line.id not in busy]
        for account in idle[: max(0, len(self._accounts) - _KEPT)]:
            del self._accounts[account.line.id]
            account.shutdown()
        for account in [one for one in self._leaving if one.line.id not in busy]:
            self._leaving.remove(account)
            account.shutdown()

    def refusal(self, account: Account, message: str, source: str) -> int:
        """The status that an INVITE is refused with, 0 for none: 500 if its line is not known."""
        if not self._edge.allows(source):
            return _STRANGER
        if self._edge.line_of(message) == account.line.id and account.line.id in self._known:
            return 0
        log.error("an INVITE for a line that is not known here")
        return _NO_SUCH_LINE

    def account(self, line_id: UUID) -> Account:
        """The account of a line, made if need be; `PhoneError` when there can be none."""
        account = self._accounts.get(line_id)
        if account is not None:
            return account
        if line_id not in self._known:
            raise PhoneError("no such line")
        if 1 + len(self._accounts) + len(self._leaving) >= MOST_ACCOUNTS:
            raise PhoneError("no room for a call of another line")
        self._accounts[line_id] = self._made(*self._known[line_id])
        return self._accounts[line_id]

    def line_for(self, message: str, source: str) -> UUID | None:
        """The line of an INVITE that the library refused."""
        return self._edge.line_of(message) if self._edge.allows(source) else None

    @property
    def registered_somewhere(self) -> bool:
        """Nothing is registered from here."""
        return False

    def leave(self) -> None:
        """Nobody has to be told that we go."""

    def close(self) -> None:
        """Drop every account."""
        for account in (*self._accounts.values(), *self._leaving, self._nobody):
            account.shutdown()
        self._accounts.clear()
        self._leaving.clear()

    def _made(self, line: Line, secret: Secret | None, media: MediaPlace) -> Account:
        account = Account(line, self._happened)
        account.new_leg = lambda chosen, number: self.new_leg(chosen, number)
        account.create(routed(line, secret, media, self._edge.route, self._relay))
        return account

    def _choose(self, prm: Any) -> None:
        prm.accountIndex = self._nobody.getId()
        line_id = self._edge.line_of(prm.rdata.wholeMsg)
        try:
            if line_id is not None and self._edge.allows(prm.rdata.srcAddress):
                if line_id not in self._known:
                    self._catch_up()
                prm.accountIndex = self.account(line_id).getId()
        except (PhoneError, pj.Error) as error:
            log.error("no account for an INVITE: %s", error)
