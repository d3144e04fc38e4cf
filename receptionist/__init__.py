"""Receptionist: the desk for answering the telephone in other firms' names (core, without Qt)."""

VERSION = "0.1.0"
