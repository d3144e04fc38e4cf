"""Well-known calendar providers: where their CalDAV server is, and which password it takes.

What is here was found in public documentation and in other programs' settings, twice at least.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from receptionist.i18n import N_, _


class Login(StrEnum):
    """What a provider lets in: the password, one made for this program, or no password at all.

    `SECOND_STEP` takes the password unless signing in has a second step; then it is as `OWN`.
    """

    PASSWORD = "password"
    SECOND_STEP = "second-step"
    OWN = "own"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A provider: the domains of its mail addresses, its hosts, its address ("" for none)."""

    name: str
    domains: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    url: str = ""
    login: Login = Login.PASSWORD

    @property
    def advice(self) -> str:
        """What somebody has to know who sets an account up, one or two sentences, or ""."""
        if self.login is Login.NONE:
            return _(_INSTEAD[self.name]).format(provider=self.name)
        return _(_ADVICE[self.login]).format(provider=self.name)


_ADVICE = {
    Login.PASSWORD: N_("{provider} takes the owner’s usual password."),
    Login.SECOND_STEP: N_(
        "{provider} takes the owner’s usual password. If signing in there has a second step, the"
        " owner makes a password for this program in the security settings of the account, and"
        " that one is entered here."
    ),
    Login.OWN: N_(
        "{provider} does not take the usual password here. The owner makes one for this program"
        " (an app password) in the security settings of the account; enter that one."
    ),
}
_INSTEAD = {
    "Google": N_(
        "{provider} lets no program in with a password. Use a calendar elsewhere, for example at"
        " one of the other providers, that the owner adds on the telephone beside this one."
    ),
    "Microsoft": N_(
        "{provider} does not offer its calendars to other programs in the way that is needed"
        " (CalDAV). Use a calendar elsewhere, for example at one of the other providers, that the"
        " owner adds on the telephone beside this one."
    ),
}

PROVIDERS = (
    Provider(
        name="iCloud",
        domains=("icloud.com", "me.com", "mac.com"),
        hosts=("icloud.com",),
        url="https://caldav.icloud.com/",
        login=Login.OWN,
    ),
    Provider(
        name="Fastmail",
        domains=("fastmail.com", "fastmail.fm"),
        hosts=("fastmail.com",),
        url="https://caldav.fastmail.com/",
        login=Login.OWN,
    ),
    Provider(
        name="mailbox.org",
        domains=("mailbox.org",),
        url="https://dav.mailbox.org/",
        login=Login.SECOND_STEP,
    ),
    Provider(
        name="Posteo",
        domains=("posteo.de", "posteo.net", "posteo.org", "posteo.eu", "posteo.at", "posteo.ch"),
        url="https://posteo.de:8443/",
    ),
    Provider(
        name="GMX",
        domains=("gmx.de", "gmx.net", "gmx.at", "gmx.ch", "gmx.eu"),
        url="https://caldav.gmx.net/",
        login=Login.SECOND_STEP,
    ),
    Provider(
        name="WEB.DE",
        domains=("web.de",),
        url="https://caldav.web.de/",
        login=Login.SECOND_STEP,
    ),
    Provider(
        name="Google",
        domains=("gmail.com", "googlemail.com"),
        hosts=("google.com", "googleusercontent.com"),
        login=Login.NONE,
    ),
    Provider(
        name="Microsoft",
        domains=(
            "outlook.com",
            "outlook.de",
            "hotmail.com",
            "hotmail.de",
            "live.com",
            "live.de",
            "msn.com",
        ),
        hosts=("office.com", "office365.com"),
        login=Login.NONE,
    ),
)

OWN_SERVERS = (
    ("Nextcloud", "https://cloud.example.org/remote.php/dav/"),
    ("Synology Calendar", "https://nas.example.org:5001/"),
)
"""How addresses of servers look that owners run themselves: name and pattern."""


def provider_of(text: str) -> Provider | None:
    """The provider behind a mail address, a server's address or a bare host name."""
    written = text.strip().lower()
    try:
        host = urlsplit(written if "://" in written else f"//{written}").hostname or ""
    except ValueError:
        return None
    return next((one for one in PROVIDERS if _belongs(host, one)), None)


def _belongs(host: str, provider: Provider) -> bool:
    names = (*provider.domains, *provider.hosts)
    return any(host == name or host.endswith(f".{name}") for name in names)
