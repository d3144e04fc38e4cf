"""TOML files that people write: typed tables, and for every fault its line and its place."""
