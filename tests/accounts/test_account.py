"""Roles: what each may do, from the table of the plan for the office."""

from __future__ import annotations

import dataclasses

import pytest

from danvan.accounts import Account, Act, Role, may
from danvan.accounts.account import is_name, plain_name

LAN = Account(1, "lan", "Nguyễn Thị Lan", Role.VIEWER)
ALLOWED = {
    Role.VIEWER: {Act.SEE},
    Role.REPORTER: {Act.SEE, Act.ENTER},
    Role.EDITOR: {Act.SEE, Act.ENTER, Act.DECIDE, Act.PLAN, Act.NAME},
    Role.ADMIN: set(Act),
}


@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_it_is_there_for_and_nothing_else(role: Role) -> None:
    account = dataclasses.replace(LAN, role=role)
    assert {act for act in Act if may(account, act)} == ALLOWED[role]


def test_each_role_may_what_the_one_before_may() -> None:
    for lesser, greater in zip(list(Role), list(Role)[1:], strict=False):
        assert ALLOWED[lesser] < ALLOWED[greater]


def test_nobody_may_anything() -> None:
    assert not any(may(None, act) for act in Act)


def test_a_deactivated_admin_may_nothing() -> None:
    gone = dataclasses.replace(LAN, role=Role.ADMIN, active=False)
    assert not any(may(gone, act) for act in Act)


@pytest.mark.parametrize("name", ["lan", "p1.lan", "lan@caolanh.vn", "a_b-c", "12", "x" * 64])
def test_a_sign_in_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "l", "Lan", "lan ", "lân", "lan\n", "a/b", "a'b", "x" * 65])
def test_what_is_no_sign_in_name(name: str) -> None:
    assert not is_name(name)


def test_capitals_and_spaces_around_a_name_do_not_matter() -> None:
    assert plain_name("  Lan@CaoLanh.vn\n") == "lan@caolanh.vn"
