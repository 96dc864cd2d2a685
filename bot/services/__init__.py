"""The use cases: what the bot does for members and admins, in terms of the ports in `ports.py`."""
