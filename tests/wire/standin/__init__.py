"""A small Discord in a process of its own: what the bot meets over real sockets, with real codes and limits.

`model` and `world` hold what is true, `rest` and the `routes_*` speak HTTP, `gateway` speaks the websocket,
`acting` lets members do things, `control` is the tests' way in. It refuses, loudly, whatever it does not know.
"""
