"""What a user may set, declared once: default, label, help, limits."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from receptionist.i18n import LANGUAGES, N_, _
from receptionist.model.agent import WRAP_UP_S
from receptionist.model.call import HOLD_REMINDER_S
from receptionist.model.checks import host_fault
from receptionist.model.letter import MailSecurity, MailServer
from receptionist.model.sound import Sound
from receptionist.settings.setting import Setting

PALETTES = ("auto", "light", "dark")
MAIL_SECURITIES = ("tls", "starttls", "none")
"""Encrypted from the start, after STARTTLS, or (on this computer alone) not at all."""

_MAIL_ADDRESS = re.compile(r"[^\s@<>,;:\"\\]+@[^\s@<>,;:\"\\]+\.[^\s@<>,;:\"\\.]+")


def _address_fault(value: str) -> str:
    try:
        if value:
            ipaddress.IPv4Address(value)
    except ValueError:
        return _("Write the IPv4 address of one of this computer's networks, or leave it empty.")
    return ""


def _server_fault(value: str) -> str:
    return host_fault(value) if value else ""


def _mail_host_fault(value: str) -> str:
    if ":" in value:
        return _("Write the name of the server alone; the port has a field of its own.")
    return host_fault(value) if value else ""


def _mail_from_fault(value: str) -> str:
    if not value or _MAIL_ADDRESS.fullmatch(value):
        return ""
    return _("Write one address such as “office@example.org”.")


def _rtp_fault(value: int) -> str:
    return _("Choose an even port from 1024 on, or 0.") if value % 2 or 0 < value < 1024 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The values in use. `SETTINGS` says what each of them means."""

    language: str = "auto"
    palette: str = "auto"
    microphone: str = ""
    headset: str = ""
    ringing: str = ""
    microphone_gain: int = 100
    headset_gain: int = 100
    denoise: bool = True
    cancel_echo: bool = True
    bind: str = ""
    sip_port: int = 0
    rtp_port: int = 0
    ice: bool = False
    stun: str = ""
    turn: str = ""
    turn_user: str = ""
    authorities: str = ""
    revocations: str = ""
    wrap_up_s: int = WRAP_UP_S
    hold_reminder_s: int = HOLD_REMINDER_S
    speak_client: bool = False
    close_to_tray: bool = False
    script_form: bool = True
    mail_host: str = ""
    mail_port: int = 0
    mail_security: str = "tls"
    mail_user: str = ""
    mail_from: str = ""
    mail_name: str = ""

    @property
    def sound(self) -> Sound:
        """The devices and gains the phone uses."""
        return Sound(
            microphone=self.microphone,
            headset=self.headset,
            ringing=self.ringing,
            microphone_gain=self.microphone_gain,
            headset_gain=self.headset_gain,
            denoise=self.denoise,
            cancel_echo=self.cancel_echo,
        )

    @property
    def mail_server(self) -> MailServer | None:
        """The server that sends letters to callers; None while it or the sender is not set."""
        if not (self.mail_host and self.mail_from):
            return None
        return MailServer(
            host=self.mail_host,
            port=self.mail_port,
            security=MailSecurity(self.mail_security),
            user=self.mail_user,
            sender=self.mail_from,
            name=self.mail_name,
        )


LOOKS, DESK, SOUND, NETWORK = N_("Looks"), N_("At the desk"), N_("Sound"), N_("Network")
MAIL = N_("Confirmations by e-mail")
GROUPS = (LOOKS, DESK, SOUND, NETWORK, MAIL)

SETTINGS = (
    Setting(
        key="language",
        group=LOOKS,
        default="auto",
        choices=("auto", *LANGUAGES),
        label=N_("Language"),
        help=N_("Of the window and of the commands."),
    ),
    Setting(
        key="palette",
        group=LOOKS,
        at_once=True,
        default="auto",
        choices=PALETTES,
        label=N_("Colours"),
        help=N_("Light, dark, or as the desktop is."),
    ),
    Setting(
        key="microphone",
        group=SOUND,
        at_once=True,
        default="",
        label=N_("Microphone"),
        help=N_("The device you speak into."),
    ),
    Setting(
        key="headset",
        group=SOUND,
        at_once=True,
        default="",
        label=N_("Headset"),
        help=N_("The device you hear callers on."),
    ),
    Setting(
        key="ringing",
        group=SOUND,
        at_once=True,
        default="",
        label=N_("Ringing"),
        help=N_("The device that rings."),
    ),
    Setting(
        key="microphone_gain",
        group=SOUND,
        at_once=True,
        default=100,
        low=10,
        high=400,
        label=N_("Microphone loudness"),
        help=N_("In percent; 100 leaves it as the device has it."),
    ),
    Setting(
        key="headset_gain",
        group=SOUND,
        at_once=True,
        default=100,
        low=10,
        high=400,
        label=N_("Headset loudness"),
        help=N_("In percent; 100 leaves it as the device has it."),
    ),
    Setting(
        key="denoise",
        group=SOUND,
        at_once=True,
        default=True,
        heading=N_("Noise"),
        label=N_("Take noise out of your voice"),
        help=N_("Fans, keyboards and colleagues are heard less."),
    ),
    Setting(
        key="cancel_echo",
        group=SOUND,
        at_once=True,
        default=True,
        heading=N_("Echo"),
        label=N_("Take the caller's own voice out of the microphone"),
        help=N_("Without it callers hear themselves when the headset is loud, or a loudspeaker."),
    ),
    Setting(
        key="bind",
        group=NETWORK,
        default="",
        check=_address_fault,
        label=N_("Network address"),
        help=N_("Address the phone uses on this computer; empty for all of them."),
    ),
    Setting(
        key="sip_port",
        group=NETWORK,
        default=0,
        high=65535,
        label=N_("SIP port"),
        help=N_("Port at which calls arrive; 0 for a free one, 5060 for most trunks."),
    ),
    Setting(
        key="rtp_port",
        group=NETWORK,
        default=0,
        high=65000,
        check=_rtp_fault,
        label=N_("First voice port"),
        help=N_("First of the ports for the voice (RTP), an even number; 0 for free ones."),
    ),
    Setting(
        key="ice",
        heading=N_("Routers"),
        group=NETWORK,
        default=False,
        label=N_("Look for a way for the voice (ICE)"),
        help=N_("Helps behind routers that let no voice through. Both sides must be able to."),
    ),
    Setting(
        key="stun",
        group=NETWORK,
        default="",
        check=_server_fault,
        label=N_("STUN server"),
        help=N_("Tells the phone its address on the internet: host, or host:port. Empty for none."),
    ),
    Setting(
        key="turn",
        group=NETWORK,
        default="",
        check=_server_fault,
        label=N_("TURN server"),
        help=N_("Carries the voice where there is no other way: host, or host:port."),
    ),
    Setting(
        key="turn_user",
        group=NETWORK,
        default="",
        label=N_("User of the TURN server"),
        help=N_("Its password is kept in the keyring, never here."),
    ),
    Setting(
        key="authorities",
        heading=N_("Encrypted lines (TLS)"),
        group=NETWORK,
        default="",
        label=N_("Further authorities"),
        help=N_("A file (PEM) with certificates to trust besides those that the system trusts."),
    ),
    Setting(
        key="revocations",
        group=NETWORK,
        default="",
        label=N_("Revoked certificates"),
        help=N_("A file (PEM) with the lists of every authority; without one nothing is checked."),
    ),
    Setting(
        key="wrap_up_s",
        group=DESK,
        at_once=True,
        default=WRAP_UP_S,
        high=600,
        label=N_("Wrap-up in seconds"),
        help=N_("Time after a call before you count as ready again; 0 for none."),
    ),
    Setting(
        key="hold_reminder_s",
        group=DESK,
        at_once=True,
        default=HOLD_REMINDER_S,
        high=3600,
        label=N_("Reminder of callers on hold, in seconds"),
        help=N_("Comes again and again while a caller waits or is parked; 0 for none."),
    ),
    Setting(
        key="speak_client",
        heading=N_("Announcement"),
        group=DESK,
        at_once=True,
        default=False,
        label=N_("Say the client's name when it rings"),
        help=N_("If this computer has a voice, and never while somebody is being spoken to."),
    ),
    Setting(
        key="close_to_tray",
        heading=N_("Tray"),
        group=DESK,
        at_once=True,
        default=False,
        label=N_("Keep running in the tray when the window is closed"),
        help=N_("Calls go on ringing; “Quit” in the menu of the tray ends the program."),
    ),
    Setting(
        key="script_form",
        heading=N_("Scripts"),
        group=DESK,
        at_once=True,
        default=True,
        label=N_("Write scripts in forms"),
        help=N_("Otherwise their text comes first; the editor changes between both at any time."),
    ),
    Setting(
        key="mail_host",
        group=MAIL,
        at_once=True,
        default="",
        check=_mail_host_fault,
        label=N_("Mail server"),
        help=N_("The one that sends (SMTP). Empty: no mail is sent, the text can be copied."),
    ),
    Setting(
        key="mail_security",
        group=MAIL,
        at_once=True,
        default="tls",
        choices=MAIL_SECURITIES,
        label=N_("Encryption"),
        help=N_("As the provider says. Without it only a server on this computer is asked."),
    ),
    Setting(
        key="mail_port",
        group=MAIL,
        at_once=True,
        default=0,
        high=65535,
        label=N_("Port of the mail server"),
        help=N_("0 for the usual one: 465 encrypted, 587 with STARTTLS."),
    ),
    Setting(
        key="mail_user",
        group=MAIL,
        at_once=True,
        default="",
        label=N_("User"),
        help=N_("Often the whole mail address; empty where none is asked for."),
    ),
    Setting(
        key="mail_from",
        group=MAIL,
        at_once=True,
        default="",
        check=_mail_from_fault,
        label=N_("Sender's address"),
        help=N_("Callers see it, and answer to it."),
    ),
    Setting(
        key="mail_name",
        group=MAIL,
        at_once=True,
        default="",
        label=N_("Sender's name"),
        help=N_("Empty: the name of the client for whom the appointment was booked."),
    ),
)
