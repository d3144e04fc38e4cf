"""Small windows that a person opens. None opens by itself, none stops the desk."""
