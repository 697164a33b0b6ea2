from __future__ import annotations

import asyncio
import builtins
import http.client
import itertools
import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from typing import (
    Any,
    Generic,
    Literal,
    Never,
    NotRequired,
    Protocol,
    TypeAlias,
    TypedDict,
    TypeVar,
    cast,
)

_R = TypeVar("_R")


class _Absent:
    """The type of what is left out."""


_ABSENT = _Absent()
