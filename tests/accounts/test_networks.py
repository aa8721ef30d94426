"""Which addresses count as one, by table and at random."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.accounts.rules.networks import network

CASES = [
    ("192.0.2.7", "192.0.2.7"),
    ("192.0.2.8", "192.0.2.8"),
    ("::ffff:192.0.2.7", "192.0.2.7"),
    ("::FFFF:c000:0207", "192.0.2.7"),
    ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
    ("2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
    ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
    ("fe80::1%eth0", "fe80::/64"),
    ("::1", "::/64"),
]


@pytest.mark.parametrize(("address", "counted"), CASES)
def test_network(address, counted):
    assert network(address) == counted


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_all_within_a_64_share_a_count_and_none_beyond_it(part, one, other):
    first, second = (str(ipaddress.IPv6Address(part << 64 | own)) for own in (one, other))
    beyond = str(ipaddress.IPv6Address((part ^ 1) << 64 | one))
    if part:  # the lowest holds the addresses of IPv4
        assert network(first) == network(second) != network(beyond)


@given(st.ip_addresses(v=4), st.ip_addresses(v=4))
def test_each_of_ipv4_counts_by_itself_however_it_is_written(one, other):
    assert (network(str(one)) == network(str(other))) == (one == other)
    assert network(f"::ffff:{one}") == network(str(one))


@pytest.mark.parametrize("words", ["", "x", "192.0.2", "1::2::3"])
def test_what_is_no_address_is_refused(words):
    with pytest.raises(ValueError, match="address"):
        network(words)
