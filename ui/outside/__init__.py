"""What stands outside the window: the tray, notifications, the start of the desktop's session."""
