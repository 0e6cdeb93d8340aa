"""The HTTP contract: routers, middleware, sign-in and problem details.

Only this package, and the pages and channels beside it, know HTTP.
"""
