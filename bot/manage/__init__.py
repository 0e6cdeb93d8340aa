"""The pages at `/manage`, where a partnership looks after its content: who may, and what they did.

`access` says who may open a page, `templating` draws it, and `router` holds all of them.
"""
