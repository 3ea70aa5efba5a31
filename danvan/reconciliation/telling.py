"""Telling: a discrepancy in words: what each of its two numbers is, and how far they are apart."""

from __future__ import annotations

from decimal import Decimal

from danvan.model import Catalogue, Comparison, Kind
from danvan.reconciliation.comparing import STATED
from danvan.reconciliation.discrepancy import Discrepancy
from danvan.wording import NBSP, Language, Words, number, signed

HUNDREDTHS = 2  # of a percentage


def stated_is(one: Discrepancy, catalogue: Catalogue, words: Words) -> str:
    """What the stated number is: "đã báo cáo", "kế hoạch: Nhiệm vụ cải cách hành chính"."""
    if one.comparison is Comparison.PARTS:
        return _term(one.subject, catalogue, words)
    if one.comparison is Comparison.PERIODS:
        return words("apart.stated_periods", period=words(f"period.{one.period}"))
    return words(f"apart.stated_{_way(one)}")


def computed_is(one: Discrepancy, catalogue: Catalogue, words: Words) -> str:
    """What the computed number is made of: "sổ nhiệm vụ đếm được", "cộng quý I, quý II"."""
    if one.comparison is Comparison.PARTS:
        return " + ".join(_term(term, catalogue, words) for term in one.made_of)
    if one.comparison is Comparison.PERIODS:
        periods = ", ".join(words(f"period.{period}") for period in one.made_of)
        return words("apart.computed_periods", periods=periods)
    if one.comparison is Comparison.REGISTER:
        return words(f"apart.computed_{one.made_of[0].partition(':')[0]}")
    return words(f"apart.computed_{_way(one)}")


def stated(one: Discrepancy, catalogue: Catalogue, words: Words) -> str:
    """The stated number with its measure."""
    return _number(one, one.stated, catalogue, words)


def computed(one: Discrepancy, catalogue: Catalogue, words: Words) -> str:
    """The computed number with its measure."""
    return _number(one, one.computed, catalogue, words)


def gap(one: Discrepancy, catalogue: Catalogue) -> str:
    """How much more the stated number is: "+2", "−0,37"."""
    return signed(one.difference, _decimals(one, catalogue))


def sentence(one: Discrepancy, catalogue: Catalogue, words: Words) -> str:
    """Both numbers in one line: "đã báo cáo 12 mô hình; sổ mô hình đếm được 10 mô hình (+2)"."""
    return words(
        "apart.sentence",
        stated=stated(one, catalogue, words),
        stated_is=stated_is(one, catalogue, words),
        computed=computed(one, catalogue, words),
        computed_is=computed_is(one, catalogue, words),
        gap=gap(one, catalogue),
    )


def _way(one: Discrepancy) -> str:
    if one.comparison is Comparison.PERCENT:
        return "completion" if one.subject == STATED else "share"
    return str(one.comparison)


def _term(term: str, catalogue: Catalogue, words: Words) -> str:
    """A term of a Whole: an indicator, one of its numbers, or rows of a register."""
    code, _, asked = term.partition(":")
    indicator = catalogue.indicator.get(code)
    if indicator is None:
        area = catalogue.area.get(asked.partition(":")[0].upper())
        listed = words(f"apart.list_{code}")
        return f"{listed} ({words.name(area)})" if area else listed
    name = words.name(indicator)
    return f"{name} ({words(f'field.{asked}')})" if asked else name


def _number(one: Discrepancy, value: Decimal, catalogue: Catalogue, words: Words) -> str:
    shown = number(value, _decimals(one, catalogue))
    measure = _measure(one, value, catalogue, words)
    return f"{shown}{NBSP}{measure}" if measure else shown


def _decimals(one: Discrepancy, catalogue: Catalogue) -> int:
    """As many as both numbers need to be told apart."""
    fine = one.comparison is Comparison.PERCENT or not _is_whole(one)
    return max(catalogue.indicator[one.indicator].decimals, HUNDREDTHS if fine else 0)


def _is_whole(one: Discrepancy) -> bool:
    return all(value == value.to_integral_value() for value in one.numbers)


def _measure(one: Discrepancy, value: Decimal, catalogue: Catalogue, words: Words) -> str:
    """Of a percentage "%"; what a percentage is out of has no measure of its own."""
    indicator = catalogue.indicator[one.indicator]
    parts = one.comparison is Comparison.PARTS and ":" in one.subject
    if one.comparison is Comparison.PERCENT:
        return "%"
    if indicator.kind is Kind.PERCENT:
        return "" if parts else "%"
    single, _, many = indicator.measure_en.partition("/")
    if words.language is not Language.EN or not single:
        return indicator.measure
    return many if many and value != 1 else single
