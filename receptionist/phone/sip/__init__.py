"""SIP as text: messages, their headers, their authentication and their framing. No sockets here."""
