"""Looks in one place: colours (`palette`) and how widgets wear them (`sheet`)."""
