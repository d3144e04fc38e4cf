"""Presentation state without widgets: what is shown, and in which words."""
