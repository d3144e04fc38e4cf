"""What a person wants: each key and button asks the desk; only its events change what is shown."""
