"""HTTP connections to public hosts only. The address of the peer is checked, not only the host's name."""

from __future__ import annotations

import socket
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from decantry.jobs.process.address import host_of
from decantry.jobs.sources.private_hosts import is_private_literal, may_connect

if TYPE_CHECKING:
    import requests


class PrivateHost(Exception):
    """The host is in a private network; `host` is its name."""

    def __init__(self, host: str) -> None:
        """`host` is the requested name."""
        super().__init__(host)
        self.host = host


@cache
def session() -> requests.Session:
    """The process's session. It keeps connections, follows no redirects itself and enters no private network.

    A host that is written as an address is checked before any request, also a request to a proxy. A name is checked
    after the connection is made and before a byte is sent, so a name that resolves to another address the second time
    gains nothing. Behind a proxy, which the user has named and which may be private, the proxy resolves names.
    """
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    def judged(connection: Any, connect: Callable[[], socket.socket]) -> socket.socket:
        host = connection.host.strip("[]")
        made = connect()
        if not may_connect(host, made.getpeername()[0]):
            made.close()
            raise PrivateHost(host)
        return made

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return judged(self, super()._new_conn)

    class Secured(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return judged(self, super()._new_conn)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecuredPool(HTTPSConnectionPool):
        ConnectionCls = Secured

    class Adapter(HTTPAdapter):
        def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
            super().init_poolmanager(*arguments, **options)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecuredPool}

        def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
            host = host_of(request.url or "")  # in the form that is sent, with ASCII digits
            if is_private_literal(host):
                raise PrivateHost(host)
            return super().send(request, *arguments, **options)

    made = requests.Session()
    made.headers.update({"Accept-Encoding": "identity", "User-Agent": "decantry (archive reader)"})
    made.mount("http://", Adapter())
    made.mount("https://", Adapter())
    return made
