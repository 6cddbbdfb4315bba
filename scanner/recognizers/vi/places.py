"""Names of Vietnamese units of administration before and after July 2025, and of streets; plain and small."""

from __future__ import annotations

from functools import cache

from scanner.recognizers.gazetteer import listed, word_set

# Ranks in an address, from the small to the large.
LOCAL, WARD, DISTRICT, PROVINCE, COUNTRY, POSTCODE = range(6)
_ALIASES = frozenset(
    word.replace("_", " ")
    for word in listed(
        """hcm hcmc tphcm sai_gon saigon sg hn hanoi danang haiphong cantho hochiminh ho_chi_minh_city hanoi_city
        ha_noi_city thua_thien thua_thien_hue dac_lac dac_nong bac_can brvt daklak"""
    )
)
# names of one word that say enough, and those that do after a comma
SHORT = frozenset(listed("hcm hcmc tphcm sg hn brvt hanoi saigon danang haiphong cantho hochiminh daklak pleiku"))
SINGLE = frozenset(listed("hue vinh"))
_LONGEST = 5  # syllables


@cache
def _units() -> dict[str, tuple[int, ...]]:
    """The ranks, ascending, of the units that bear each name."""
    found: dict[str, tuple[int, ...]] = {}
    lists = (
        (WARD, word_set("vn-wards")),
        (DISTRICT, word_set("vn-districts")),
        (PROVINCE, word_set("vn-provinces") | _ALIASES),
    )
    for rank, names in lists:
        for name in names:
            found[name] = (*found.get(name, ()), rank)
    return found


def ranks(name: str) -> tuple[int, ...]:
    """The ranks of the units called `name`, ascending."""
    return _units().get(name, ())


def is_street(name: str) -> bool:
    """Whether `name` is that of many a street."""
    return name in word_set("vn-streets")


def longest_unit(words: list[str]) -> tuple[int, tuple[int, ...]]:
    """How many of the first words are the longest name of a unit, and the ranks that bear it; 0 for none."""
    for count in range(min(len(words), _LONGEST), 0, -1):
        if found := ranks(" ".join(words[:count])):
            return count, found
    return 0, ()
