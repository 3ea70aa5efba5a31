"""People: accounts, what each role may do, passwords and signing in. Knows neither screens nor SQL."""

from danvan.accounts.account import Account, Act, Role, Session, may

__all__ = ["Account", "Act", "Role", "Session", "may"]
