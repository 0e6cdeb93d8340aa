"""Flows, quotations and safety wording as the contract's messages.

It decides nothing and reads no message.
"""
