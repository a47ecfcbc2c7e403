"""What the tests of the register share: the two sides of the border between two provinces."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from registry.models import Region
from tests.registry.two_provinces import Province, Side, make_province_side


@pytest.fixture
def jabar(jawa_barat: Region) -> Province:
    return make_province_side("32", "Kota Bandung", "Kencanawungu", "198104122006041007")


@pytest.fixture
def serambi(aceh: Region) -> Province:
    return make_province_side("11", "Kota Banda Aceh", "Meurahsilu", "197911032005021009")


@pytest.fixture(params=["dewi", "cut"])
def side(
    request: pytest.FixtureRequest, client: Client, jabar: Province, serambi: Province
) -> Side:
    """Dewi of Jawa Barat before an officer of Aceh, and Cut of Aceh the other way round."""
    user: User = request.getfixturevalue(request.param)
    client.force_login(user)
    own, other = (jabar, serambi) if request.param == "dewi" else (serambi, jabar)
    return Side(client, user, own, other)
