"""People and posts that several tests of the forum begin with."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from forum.models import Post, Topic
from registry.models import Unit
from tests.forum.made import make_colleague, make_reply, make_topic


@pytest.fixture
def ani(disnaker_indramayu: Unit) -> User:
    """The first whom the register proposes."""
    return make_colleague("Ani Rahmawati", disnaker_indramayu, jenjang="ahli_madya")


@pytest.fixture
def beni(ani: User, disnaker_indramayu: Unit) -> User:
    """The second."""
    return make_colleague("Beni", disnaker_indramayu)


@pytest.fixture
def question(siti: User) -> Topic:
    return make_topic(siti)


@pytest.fixture
def answer(question: Topic, budi: User) -> Post:
    return make_reply(question, budi, "Boleh, **sepanjang** ada SK.")


@pytest.fixture
def pembina(client: Client, maya: User) -> Client:
    client.force_login(maya)
    return client
