"""The forms of a client's people in the office window."""
