"""The telephone: the desk's end (`supervisor`), its own process (`engine`), and their `wire`."""
