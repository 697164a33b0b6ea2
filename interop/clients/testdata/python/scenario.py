"""Tries a generated client of the lab against a server. It prints ok at the end."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from lab import client as lab_client
from lab.client import Cancel, Cancelled, DivisionByZeroError, LimitError, RPCError, TransportError
from shop import client as shop_client

E = TypeVar("E", bound=BaseException)


def equal(got: object, want: object) -> None:
    if got != want:
        raise AssertionError(f"got {got!r}, want {want!r}")


def failure(kind: type[E], call: Callable[[], object]) -> E:
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"found no {kind.__name__}")


lab_url, shop_url = sys.argv[1:3]
lab = lab_client.Client(lab_url)

# By name, by position, with reserved words for names.
equal(lab.math.add(a=2, b=3), 5)
equal(lab.math.sum(arg1=1, arg2=[2, 3, 4]), 10)
equal(lab.math.sum(arg1=1), 1)
equal(lab.class_.def_(from_="here"), "here")
equal(lab.class_.def_(from_="here", self_=2), "here")

# Errors that are declared, and others.
zero = failure(DivisionByZeroError, lambda: lab.math.divide(a=1, b=0))
equal((isinstance(zero, RPCError), zero.code, zero.method), (True, -32040, "math.divide"))
equal(failure(LimitError, lambda: lab.math.divide(a=2000, b=1)).data, {"limit": 1000})
other = failure(RPCError, lambda: lab.math.divide(a=-1, b=1))
equal((type(other), other.code), (RPCError, -32000))
wrong: Any = 1
equal(failure(RPCError, lambda: lab.echo(text=wrong)).code, -32602)

# Notifications: nothing comes back, not even an error.
lab.log.write_request(line="alone").notify()
lab.math.divide_request(a=1, b=0).notify()

# A batch with a result, an error and a notification.
add = lab.math.add_request(a=1, b=1)
bad = lab.math.divide_request(a=1, b=0)
line = lab.log.write_request(line="batch")
lab.batch([add, line.notification(), bad])
equal(add.result(), 2)
failure(DivisionByZeroError, bad.result)
failure(RuntimeError, line.result)
lab.batch([])
lines: list[str] = []
while len(lines) < 2:
    lines = lab.log.read()
equal(sorted(lines), ["alone", "batch"])

# Time, and somebody who does not wait.
late = failure(TimeoutError, lambda: lab.slow.wait_request(ms=20000).send(timeout=0.05))
equal(isinstance(late, TransportError), True)
cancel = Cancel()
threading.Timer(0.05, cancel.cancel).start()
failure(Cancelled, lambda: lab.slow.wait_request(ms=20000).send(cancel=cancel))
failure(Cancelled, lambda: lab.echo_request(text="").send(cancel=cancel))


async def impatient() -> None:
    equal(await lab.echo_request(text="async").send_async(), "async")
    await lab.batch_async([add])
    try:
        await asyncio.wait_for(lab.slow.wait_request(ms=20000).send_async(), 0.05)
    except asyncio.TimeoutError:
        return
    raise AssertionError("found no end")


asyncio.run(impatient())
while lab.slow.cancelled() < 3:  # the server has seen all
    pass

# Values.
for text in ['ü 你好 😀 \u2028 "\\\n', ""]:
    equal(lab.echo(text=text), text)
lab.null.nothing()
equal(lab.null.nothing_request().send(), None)
equal(lab.null.maybe(n=None), None)
equal(lab.null.maybe(), None)
equal(lab.null.maybe(n=7), 7)
tree: lab_client.TreeInput = {"name": "a", "children": [{"name": "b", "children": []}]}
equal(lab.tree(tree=tree), tree)
kinds: lab_client.KindsInput = {
    "when": "2024-05-01T12:00:00Z",
    "data": "AAEC",
    "tags": ["x"],
    "names": {"a": "b"},
    "maybe": None,
    "class": "c",
    "odd name": "o",
    "any": {"n": [1]},
}
equal(lab.kinds(kinds=kinds), kinds)
equal(lab.math.add(a=9007199254740992, b=1), 9007199254740993)

# Ways of its own to send.
seen: list[str] = []
send = lab_client.urllib_transport()


def recorded(message: bytes, context: lab_client.TransportContext) -> bytes:
    seen.extend([context.headers["X-One"], context.headers["X-Two"]])
    return send(message, context)


own = lab_client.Client(lab_url, headers={"X-One": "1"}, transport=recorded)
equal(own.echo_request(text="x").send(headers={"X-Two": "2"}), "x")
equal(seen, ["1", "2"])
try:
    import httpx
except ImportError:
    pass
else:
    with httpx.Client() as http:
        by_httpx = lab_client.Client(lab_url, transport=lab_client.httpx_transport(http))
        equal(by_httpx.echo(text="httpx"), "httpx")
        failure(DivisionByZeroError, lambda: by_httpx.math.divide(a=1, b=0))
        failure(TimeoutError, lambda: by_httpx.slow.wait_request(ms=20000).send(timeout=0.05))

# What is no answer.
for answer in [b"", b"<html>", b"{}", b"[]", b"1", b"null", b'{"jsonrpc":"2.0","id":9,"result":1}', b"\xff"]:
    broken = lab_client.Client("", transport=lambda message, context: answer)
    failure(TransportError, lambda: broken.echo(text=""))
failure(TransportError, lambda: lab_client.Client("http://127.0.0.1:1/").echo(text=""))
failure(TransportError, lambda: lab_client.Client("file:///etc/hosts").echo(text=""))
failure(TransportError, lambda: lab_client.Client(lab_url, max_answer=10).echo(text="long"))
whole = lab_client.Client(
    "",
    transport=lambda message, context: json.dumps(
        {"jsonrpc": "2.0", "id": None, "error": {"code": -32813, "message": "too large"}}
    ).encode(),
)
equal(failure(RPCError, lambda: whole.batch([whole.echo_request(text=""), add])).code, -32813)

# The shop.
shop = shop_client.Client(shop_url)
pet = shop.pets.list(species="cat")["items"][0]
equal(shop.pets.get(id=pet["id"])["name"], pet["name"])
equal("py" in shop.pets.tag(arg1=pet["id"], arg2=["py"]), True)
address: shop_client.AddressInput = {"name": "Ada", "lines": ["1, Street"], "city": "Town", "country": "GB"}
order = shop.orders.place(pets=[pet["id"]], address=address)
equal(order["status"], "placed")
sold = failure(shop_client.SoldError, lambda: shop.orders.place(pets=[pet["id"]], address=address))
equal(sold.data, {"pets": [pet["id"]]})
equal(shop.orders.cancel(id=order["id"])["status"], "cancelled")
shop.pets.remove(id=pet["id"])
print("ok")
