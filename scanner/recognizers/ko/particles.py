"""What may follow a Korean noun within its word: particles, the copula, endings of the verbs made from it."""

from __future__ import annotations

from scanner.recognizers.spans import lazy

_AFTER_CONSONANT = (
    "은|이|을|과|이랑|이나|이라|이란|이라고|이라는|이라도|이며|이고|이야|아|이다|이라면|이었다|이에요|이예요|이지만|이네"
    "|으로"
)
_AFTER_VOWEL = "는|가|를|와|랑|나|라|란|라고|라는|라도|며|고|야|여|다|라면|였다|예요|지만|네|로"
_AFTER_ANY = (
    "의|에|에게|에게서|에겐|께서|께|도|만|한테|하고|보다|처럼|같은|같이|까지|부터|밖에|뿐|마저|조차|대신|때문에|역|측|표|네|쪽"
    "|인|인데|임|입니다|이신|이자|등"
)
_SECOND = "(?:은|는|도|만|의|이|가|를|을)?"
_CHAIN = {
    True: lazy(f"(?:{_AFTER_CONSONANT}|{_AFTER_ANY}){_SECOND}(?![가-힣])"),
    False: lazy(f"(?:{_AFTER_VOWEL}|{_AFTER_ANY}){_SECOND}(?![가-힣])"),
}
# what makes a word of a noun, or of the stem of a verb, and its first syllable
_ENDINGS = lazy(
    "$|[은는이가을를의와과도만에로나라며고지면서게네던다요한할함해하했된될되돼적들님]|으로|처럼|까지|부터|보다|랑"
)

# what makes a longer noun of one, as the last syllable of names does too
_SUFFIXES = lazy(
    "[인일야여음임기자니등째간별상내용시중후]"
    "|[화성형권률율력학급식원관대회사점당장부법론구역제문명값수]"
    "(?:(?![가-힣]{2})|(?=으로|에[서는도만]|까지|부터|처럼|보다|이[나고며다란라]|입니다|인[지데]))"
)


def ends_in_consonant(word: str) -> bool:
    """Whether the last syllable of a word in Hangul is closed, which decides the form of its particles."""
    return (ord(word[-1]) - 0xAC00) % 28 != 0


def stop_of(text: str, start: int) -> int:
    """Where the syllables from `start` on end, at most 16 of them."""
    stop = start
    while stop < start + 16 and "가" <= text[stop : stop + 1] <= "힣":
        stop += 1
    return stop


def is_particle(text: str, start: int) -> bool:
    """Whether nothing, or particles that agree with the syllable before `start`, fill the word there to its end."""
    if not "가" <= text[start : start + 1] <= "힣":
        return True
    return _CHAIN[ends_in_consonant(text[start - 1])].match(text, start) is not None


def may_end(rest: str) -> bool:
    """Whether a common word may go on with `rest`, the end of a word, and still be the same word."""
    return _ENDINGS.match(rest) is not None


def may_be_longer(rest: str) -> bool:
    """Whether `rest`, the end of a word, begins with a suffix that makes another noun of the one before."""
    return _SUFFIXES.match(rest) is not None
