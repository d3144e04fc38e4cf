"""The form of a line: where calls arrive, and how it is doing now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.i18n import _
from receptionist.model.editing import Part
from receptionist.model.office import Identity, Srtp
from receptionist.model.office import Line as SipLine
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.secret import SecretLine, promise
from ui.models.condition import line_condition
from ui.models.office import Group, new_words
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line
from ui.widgets.stateline import StateLine


class LineForm(Form):
    """Main thread. `line` is None for a new one."""

    group = Group.LINES
    part = Part.LINE

    def __init__(self, desk: Desk, clock: Clock, line: SipLine, *, is_new: bool) -> None:
        super().__init__(desk, clock, line.id, is_new=is_new)
        self._old = line
        example = _("for example {name}")
        self._name = Line(line.name, example=example.format(name=_("Main line")))
        self._registers = Choice(_manners(), line.register)
        self._registrar = Line(line.registrar, 2000, example.format(name="sip.example.org"))
        self._user = Line(line.user)
        self._secret = SecretLine(desk, line.id, is_new=is_new)
        self._auth_user = Line(line.auth_user)
        self._proxy = Line(line.proxy, 2000)
        self._transport = Choice(_transports(), line.transport)
        self._srtp = Choice(_ciphers(), line.srtp)
        self._identity = Choice(_identities(), line.identity)
        self.state = StateLine()
        self._arrange()
        for choice in (self._registers, self._transport, self._srtp, self._identity):
            choice.currentIndexChanged.connect(self._chosen)
        for one in (self._name, self._registrar, self._user, self._auth_user, self._proxy):
            one.textChanged.connect(self.touched)
        self._secret.textChanged.connect(self.touched)
        self._chosen()
        self.finish()
        self.refresh()

    def _arrange(self) -> None:
        self.column.addWidget(self.state)
        only = _("Only if your provider names one.")
        self.card(
            _("The line"),
            Field("name", _("Name"), self._name, _("For you; callers never see it.")),
            Field("register", _("How calls come"), self._registers),
        )
        self.card(
            _("As your provider tells it"),
            Field("registrar", _("Registrar"), self._registrar, _("The host, or host:port.")),
            Field("user", _("User"), self._user, _("The part before the “@”.")),
            Field("secret", _("Password"), self._secret, promise(self.desk)),
        )
        self.card(
            _("Rarely needed"),
            Field("auth_user", _("User for the password"), self._auth_user, only),
            Field("proxy", _("Outbound proxy"), self._proxy, only),
        )
        self.card(
            _("Security and number shown"),
            Field(
                "transport",
                _("Transport"),
                self._transport,
                _("With TLS, certificate and host name are checked."),
            ),
            Field("srtp", _("Voice"), self._srtp, _("The key travels in the signalling: use TLS.")),
            Field(
                "identity",
                _("Client's number"),
                self._identity,
                _("How your provider wants to be told in whose name you call."),
            ),
        )

    @property
    def title(self) -> str:
        return self._name.text().strip() or new_words(self.group)

    def raw(self) -> object:
        return self._line(), bool(self._secret.text())

    def faults(self) -> Mapping[str, str]:
        return self.desk.editing.faults(self._line())

    def save(self, then: Saved, failed: Failed) -> None:
        old = None if self.is_new else self._old
        secret = self._secret.secret if self._line().register else None
        self.desk.editing.save_line(
            old, self._line(), lambda line: then(line.id), failed, secret=secret
        )

    def forget_secrets(self) -> None:
        self._secret.clear()

    def refresh(self) -> None:
        condition = None if self.is_new else line_condition(self.desk, self.id)
        if condition is None:
            self.state.tell("")
            return
        words = condition.words
        if condition.tone == "good":
            words = _("This line is ready: calls can arrive.")
        self.state.tell(words, condition.tone)

    def _line(self) -> SipLine:
        registrar = self._registrar.text().strip()
        name = self._name.text().strip()
        return replace(
            self._old,
            name=name,
            registrar=registrar,
            user=self._user.text().strip(),
            auth_user=self._auth_user.text().strip(),
            proxy=self._proxy.text().strip(),
            transport=str(self._transport.value),
            register=bool(self._registers.value),
            srtp=Srtp(str(self._srtp.value)),
            identity=Identity(str(self._identity.value)),
        )

    def _chosen(self) -> None:
        registers = bool(self._registers.value)
        for name in ("secret", "auth_user"):
            self.fields[name].setVisible(registers)
        self.fields["registrar"].explain(
            _("The host, or host:port.")
            if registers
            else _("The host, or host:port. Calls are taken from it and the proxy alone.")
        )
        self.touched()


def _transports() -> list[tuple[object, str]]:
    return [("udp", "UDP"), ("tcp", "TCP"), ("tls", _("TLS, encrypted"))]


def _ciphers() -> list[tuple[object, str]]:
    return [
        (Srtp.OFF, _("not encrypted")),
        (Srtp.PREFERRED, _("encrypted if the other side can (SRTP)")),
        (Srtp.REQUIRED, _("always encrypted (SRTP)")),
    ]


def _identities() -> list[tuple[object, str]]:
    return [
        (Identity.NONE, _("cannot be shown: the line's own number")),
        (Identity.FROM, _("in From")),
        (Identity.ASSERTED, _("in P-Asserted-Identity")),
        (Identity.PREFERRED, _("in P-Preferred-Identity")),
    ]


def _manners() -> list[tuple[object, str]]:
    return [
        (True, _("The program registers with user and password")),
        (False, _("The provider sends calls without registration (trunk)")),
    ]
