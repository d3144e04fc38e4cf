"""CalDAV: reads what makes owners busy and writes our appointments. Keeps no state.

`server` opens accounts and is what the port sees; `wire` is the only way out to a server, `answers`
judges what comes back, `collection` finds out what changed, `discovery` finds calendars. `ical`,
`extent`, `busy` and `vevent` are pure. All of it runs on calendar workers.
"""
