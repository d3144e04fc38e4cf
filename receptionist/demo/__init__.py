"""The demonstration: a sample office, its owners' calendars on a real Radicale, and callers.

Everything lies in a directory of its own and on loopback. The user's keyring and data are never
touched.
"""
