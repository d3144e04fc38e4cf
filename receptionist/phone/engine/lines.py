"""The lines of the engine: one pjsua2 account each, its registration and its sources.

Loop thread only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pjsua2 as pj

from receptionist.errors import PhoneError
from receptionist.events import LineChanged, LineState
from receptionist.model.office import Line, Srtp
from receptionist.model.secret import Secret
from receptionist.phone.engine.accounts import (
    MOST_ACCOUNTS,
    Account,
    MediaPlace,
    registering,
)
from receptionist.phone.engine.stack import Stack
from receptionist.phone.sip.sources import Sources, check
from receptionist.phone.wire import MediaWay
from receptionist.reasons import Reason

log = logging.getLogger(__name__)

_TRANSPORTS = ("udp", "tcp")
_REFUSING = (401, 403, 404, 407)


class Lines:
    """The accounts by line id. `report` takes events to the desk."""

    behind_edge = False

    def __init__(
        self,
        stack: Stack,
        media: MediaPlace,
        report: Callable[[Any], None],
        happened: Callable[..., None],
    ) -> None:
        self._stack = stack
        self._media = media
        self._report = report
        self._happened = happened
        self._accounts: dict[UUID, Account] = {}
        self._leaving: list[Account] = []
        self.new_leg: Callable[[Account, int], object] = lambda account, call: None
        stack.choose_line = self._choose

    def register(
        self,
        line: Line,
        secret: Secret | None,
        relay: Secret | None = None,
        way: MediaWay | None = None,
    ) -> None:
        """Register a line, or change it; stopped, and an error, when it cannot even be tried."""
        try:
            self._register(line, secret)
        except (PhoneError, pj.Error):
            if line.id not in self._accounts:
                self._report(LineChanged(line_id=line.id, state=LineState.STOPPED))
            raise

    def _register(self, line: Line, secret: Secret | None) -> None:
        check(line)
        if line.transport not in _TRANSPORTS:
            possible = " and ".join(_TRANSPORTS)
            raise PhoneError(f"transport {line.transport}: only {possible} are possible")
        if line.srtp is Srtp.REQUIRED:
            raise PhoneError("the keys of an encrypted voice would go unencrypted")
        account = self._accounts.get(line.id)
        if account is None and len(self._accounts) >= MOST_ACCOUNTS:
            raise PhoneError(f"no more than {MOST_ACCOUNTS} lines")
        if secret is not None and secret.reveal():
            self._stack.quiet_log.secrets.add(secret.reveal())
        config = registering(line, secret, self._media)
        if account is None:
            account = Account(line, self._happened)
            account.new_leg = self.new_leg
            account.create(config)
            self._accounts[line.id] = account
            self._change(account, LineState.CONNECTING)
        else:
            account.line, account.sources = line, Sources(line)
            self._change(account, LineState.CONNECTING)
            account.modify(config)
        self._resolve(account)

    def unregister(self, line_id: UUID) -> None:
        """Take a line off its registrar at once, and away when its calls are over."""
        account = self.account(line_id)
        del self._accounts[line_id]
        self._leaving.append(account)
        if account.line.register:
            account.setRegistration(False)
        self._change(account, LineState.STOPPED)

    def bury(self, busy: set[UUID]) -> None:
        """Drop the accounts that were unregistered and have no call any more (`busy` has ids)."""
        for account in [a for a in self._leaving if a.line.id not in busy]:
            self._leaving.remove(account)
            account.shutdown()

    def refusal(self, account: Account, message: str, source: str) -> int:
        """The status that an INVITE for `account` from `source` is refused with, 0 for none."""
        current = self._accounts.get(account.line.id) is account
        return 0 if current and account.sources.allows(source) else 403

    def account(self, line_id: UUID) -> Account:
        """The account of a line; `PhoneError` when there is none."""
        try:
            return self._accounts[line_id]
        except KeyError:
            raise PhoneError("no such line") from None

    def line_for(self, message: str, source: str) -> UUID | None:
        """The first line that takes INVITEs from `source`."""
        allowed = (a for a in self._accounts.values() if a.sources.allows(source))
        return next((account.line.id for account in allowed), None)

    def registered(self, account: Account, code: int, expiration: int, source: str) -> None:
        """The registrar answered, or did not (RFC 3261 10.3)."""
        if self._accounts.get(account.line.id) is not account:
            return
        if code == 200 and expiration > 0:
            account.sources.add((source,))
            self._resolve(account)
            self._change(account, LineState.READY, status=code)
        elif code == 200:
            self._change(account, LineState.STOPPED, status=code)
        elif code in _REFUSING:
            self._change(account, LineState.REFUSED, Reason.LINE_REFUSED, code)
        else:
            self._change(account, LineState.UNREACHABLE, Reason.LINE_UNREACHABLE, code)

    def resolved(self, account: Account, addresses: tuple[str, ...]) -> None:
        """The names of a line were looked up."""
        account.sources.add(addresses)
        if not account.line.register and self._accounts.get(account.line.id) is account:
            found = addresses or not account.sources.names
            if found:
                self._change(account, LineState.READY)
            else:
                self._change(account, LineState.UNREACHABLE, Reason.LINE_UNREACHABLE)

    @property
    def registered_somewhere(self) -> bool:
        """Whether a registrar still believes that calls can come here."""
        return any(a.line.register and a.state is LineState.READY for a in self._accounts.values())

    def leave(self) -> None:
        """Tell every registrar that we go, without waiting."""
        for account in self._accounts.values():
            if account.line.register and account.state is LineState.READY:
                account.setRegistration(False)

    def close(self) -> None:
        """Drop every account."""
        for account in (*self._accounts.values(), *self._leaving):
            account.shutdown()
        self._accounts.clear()
        self._leaving.clear()

    def _resolve(self, account: Account) -> None:
        happened = self._happened
        account.sources.resolve(lambda addresses: happened("resolved", account, addresses))

    def _change(
        self, account: Account, state: LineState, reason: Reason = Reason.NONE, status: int = 0
    ) -> None:
        account.state = state
        self._report(
            LineChanged(line_id=account.line.id, state=state, reason=reason, status=status)
        )

    def _choose(self, prm: Any) -> None:
        """pjsua's choice, unless the INVITE cannot be that line's and can be another's.

        pjsua matches the Request-URI with the accounts' users and falls back to the first account,
        which is wrong for a trunk, whose Request-URI is any dialled number. With one line there is
        nothing to choose, and a caller rings sooner when `prm` is not even read.
        """
        if len(self._accounts) + len(self._leaving) < 2:
            return
        source, chosen = prm.rdata.srcAddress, prm.accountIndex
        by_id = {account.getId(): account for account in self._accounts.values()}
        if chosen not in by_id or not by_id[chosen].sources.allows(source):
            allowed = (i for i, account in by_id.items() if account.sources.allows(source))
            prm.accountIndex = next(allowed, chosen)
