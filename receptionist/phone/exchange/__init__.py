"""The exchange: one process between the network and the workers, and between them and the desk.

It registers the lines, passes SIP messages to the worker that has the call, starts and buries
workers, and outlives the desk.
"""
