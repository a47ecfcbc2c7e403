"""From which network address a request comes, and which proxies are believed about that."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# What a subscriber is given as one: counting single addresses of IPv6 would count nothing.
IPV6_SUBSCRIBER = 64
MOST_HOPS = 20


def client_address(request: HttpRequest) -> str:
    """The address of whoever asks: the peer, or what trusted proxies say stood before them.

    Read from the right of `X-Forwarded-For`, where the proxies wrote; what a client put there
    itself stands to the left of that and is never reached. Empty where nothing can be known.
    """
    peer = read_address(request.META.get("REMOTE_ADDR", ""))
    if peer is None:
        return ""
    trusted: Sequence[Network] = settings.TRUSTED_PROXIES
    found = peer
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")[-MOST_HOPS:]
    while is_among(found, trusted) and hops:
        written = read_address(hops.pop())
        if written is None:  # the last proxy that can be believed is as far as one can see
            break
        found = written
    return str(found)


def counted_address(address: str) -> str:
    """The part of an address by which visitors are told apart: of IPv6 the first 64 bits."""
    found = read_address(address)
    if isinstance(found, IPv6Address):
        return str(ipaddress.ip_network((found, IPV6_SUBSCRIBER), strict=False))
    return str(found) if found else ""


def believes_proxy(request: HttpRequest) -> bool:
    """Whether the peer may say by which scheme it was asked.

    Without TRUSTED_PROXIES that is this machine alone, since `manage.py serve` listens nowhere else.
    """
    peer = read_address(request.META.get("REMOTE_ADDR", ""))
    if peer is None:
        return False
    if settings.TRUSTED_PROXIES:
        return is_among(peer, settings.TRUSTED_PROXIES)
    return peer.is_loopback


def is_among(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks)


def read_address(text: str) -> Address | None:
    """An address as proxies write it, with or without port; IPv4 in IPv6 clothes is IPv4."""
    bare = text.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        found = ipaddress.ip_address(bare)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        if found.scope_id:
            return None
        return found.ipv4_mapped or found
    return found
