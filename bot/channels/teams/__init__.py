"""Microsoft Teams: activities in, the gateway's own turn, Adaptive Cards out. Off by default."""
