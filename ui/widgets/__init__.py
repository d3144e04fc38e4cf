"""Building blocks of panels and dialogs that know nothing of the desk."""
