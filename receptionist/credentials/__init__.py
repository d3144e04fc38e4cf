"""Where passwords lie: in the user's keyring, or in memory until the program ends. Never in a file.

The only importer of `keyring`, and only on the first call.
"""

from receptionist.credentials.memory import MemoryCredentials
from receptionist.credentials.session import KeyringOrSession
from receptionist.credentials.system import KeyringCredentials

__all__ = ["KeyringCredentials", "KeyringOrSession", "MemoryCredentials"]
