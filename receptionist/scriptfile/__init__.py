"""The script file (`format = 1`, TOML): what is said and asked for a client."""
