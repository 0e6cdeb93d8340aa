"""Ways in beside the browser, one package each.

They render the contract's messages and decide nothing.
"""
