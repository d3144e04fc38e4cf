"""The way to people's mailboxes, by SMTP: the only importer of smtplib and email."""

from receptionist.mail.smtp import Smtp

__all__ = ["Smtp"]
