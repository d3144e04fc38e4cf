"""The editor of a client's script: its text, what it will look like, its versions."""
