"""The window of the receptionist: shows what the desk's events say, and asks the desk."""
