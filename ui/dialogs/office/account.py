"""The form of a calendar account, with a test that says what is wrong or which calendars it has.

Who the provider is, a mail address tells as well as a choice; then the address is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from PySide6.QtWidgets import QVBoxLayout, QWidget

from receptionist.clock import Clock
from receptionist.desk.desk import Desk
from receptionist.desk.probe import AccountFound
from receptionist.i18n import _
from receptionist.model.client import CalendarAccount
from receptionist.model.editing import Part
from receptionist.model.providers import OWN_SERVERS, PROVIDERS, Login, Provider, provider_of
from ui.dialogs.office.form import Failed, Form, Saved
from ui.dialogs.office.secret import SecretLine, promise
from ui.models.office import Group, abilities, account_words, calendars_found, new_words
from ui.post import while_there
from ui.widgets.card import row
from ui.widgets.field import Field
from ui.widgets.inputs import Choice, Line
from ui.widgets.keybutton import KeyButton
from ui.widgets.label import Label
from ui.widgets.stateline import StateLine


class AccountForm(Form):
    """Main thread."""

    group = Group.ACCOUNTS
    part = Part.ACCOUNT

    def __init__(self, desk: Desk, clock: Clock, account: CalendarAccount, *, is_new: bool) -> None:
        super().__init__(desk, clock, account.id, is_new=is_new)
        self._old = account
        self._cancel = _nothing
        self._provider = Choice(_providers(), None)
        self._advice = StateLine()
        self._url = Line(account.url, 2000, "https://calendar.example.org/dav/")
        self._user = Line(account.user)
        self._secret = SecretLine(desk, account.id, is_new=is_new)
        self.probing = False
        self.probe_button = KeyButton(_("Test connection"))
        self.probe_button.clicked.connect(self._probe)
        self._outcome = StateLine()
        self._arrange()
        self._show_provider()
        self._provider.activated.connect(self._chosen)
        for line in (self._url, self._user, self._secret):
            line.textChanged.connect(self._typed)
        self.finish()

    def _arrange(self) -> None:
        offered = QWidget()
        column = QVBoxLayout(offered)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._provider)
        column.addWidget(self._advice)
        self.card(
            _("As the owner or his provider tells it"),
            Field("provider", _("Provider"), self._provider, shown=offered),
            Field(
                "url",
                _("Address"),
                self._url,
                _("Of the server is enough: the calendars are found from there."),
            ),
            Field("user", _("User"), self._user),
            Field("secret", _("Password"), self._secret, promise(self.desk)),
        )
        card = self.card(_("Does it work?"))
        verbs = row()
        verbs.addWidget(self.probe_button)
        verbs.addWidget(Label(_("Nothing is written to the calendars."), "label"))
        verbs.addStretch(1)
        card.column.addLayout(verbs)
        card.column.addWidget(self._outcome)
        users = self._users()
        if users:
            words = _("Appointments of these clients go here: {clients}.")
            card.column.addWidget(Label(words.format(clients=users), "label", wrap=True))

    @property
    def title(self) -> str:
        return account_words(self._account()) or new_words(self.group)

    @property
    def outcome(self) -> str:
        """What the test found, in words."""
        return self._outcome.words

    def raw(self) -> object:
        return self._account(), bool(self._secret.text())

    def faults(self) -> Mapping[str, str]:
        return self.desk.editing.faults(self._account())

    def save(self, then: Saved, failed: Failed) -> None:
        self.desk.editing.save_account(
            None if self.is_new else self._old,
            self._account(),
            lambda account: then(account.id),
            failed,
            secret=self._secret.secret,
        )

    def forget_secrets(self) -> None:
        self._secret.clear()

    def close_down(self) -> None:
        self._stop("")

    def _account(self) -> CalendarAccount:
        return replace(self._old, url=self._url.text().strip(), user=self._user.text().strip())

    def _users(self) -> str:
        calendars = self.desk.directory.calendars
        clients = {one.client_id for one in calendars if one.account_id == self.id}
        return ", ".join(one.name for one in self.desk.directory.clients if one.id in clients)

    # ---- the test

    def _probe(self) -> None:
        if self.probing:
            self._stop(_("The test was stopped."))
            return
        if not self.check():
            return
        self.probing = True
        self.probe_button.relabel(_("Stop the test"))
        self._outcome.tell(_("Asking the server …"), "plain")
        self._cancel = self.desk.editing.probe(
            self._account(),
            self._secret.secret,
            while_there(self, self._found),
            while_there(self, self._not_found),
        )

    def _found(self, account: AccountFound) -> None:
        self._ended()
        found = account.calendars
        words = [calendars_found(found), abilities(found, account.ability)]
        tone = "good" if any(one.writable for one in found) else "attention"
        self._outcome.tell("\n".join(filter(None, words)), tone)

    def _not_found(self, error: Exception) -> None:
        self._ended()
        self._outcome.tell(str(error), "danger")

    def _stop(self, words: str) -> None:
        self._cancel()
        self._ended()
        self._outcome.tell(words)

    def _ended(self) -> None:
        self.probing = False
        self._cancel = _nothing
        self.probe_button.relabel(_("Test connection"))

    # ---- the provider

    def _chosen(self) -> None:
        """Put down the address of the chosen provider, with what is to be replaced marked."""
        chosen = self._provider.value
        if isinstance(chosen, Provider):
            self._url.setText(chosen.url)
        elif isinstance(chosen, str) and not self._url.text().strip():
            self._url.setText(chosen)
            self._url.setFocus()
            self._url.setSelection(len("https://"), len(urlsplit(chosen).netloc))
        self._advise()

    def _show_provider(self) -> None:
        """The provider that address or user tell of."""
        url, user = self._url.text(), self._user.text()
        provider = provider_of(url) if url.strip() else provider_of(user) if "@" in user else None
        if provider is not None and not url.strip():
            self._url.setText(provider.url)
        if provider is not None or isinstance(self._provider.value, Provider):
            self._provider.put(_providers(), provider)
        self._advise()

    def _advise(self) -> None:
        chosen = self._provider.value
        advice = chosen.advice if isinstance(chosen, Provider) else ""
        usual = isinstance(chosen, Provider) and chosen.login is Login.PASSWORD
        self._advice.tell(advice, "plain" if usual else "attention", icon="lock")

    def _typed(self) -> None:
        self._show_provider()
        if self.probing or self._outcome.words:
            self._stop("")
        self.touched()


def _providers() -> list[tuple[object, str]]:
    own = ((address, _("{name}, run by the owner").format(name=n)) for n, address in OWN_SERVERS)
    known = ((one, one.name) for one in PROVIDERS)
    return [(None, _("Another one")), *known, *own]


def _nothing() -> None:
    """There is no test to stop."""
