"""Our rules and recognizers inside Presidio."""

import pytest

presidio = pytest.importorskip("presidio_analyzer")
from presidio_analyzer import AnalyzerEngine  # noqa: E402
from presidio_analyzer.nlp_engine import NoOpNlpEngine  # noqa: E402

from scanner.presidio import registry  # noqa: E402


@pytest.fixture(scope="module")
def engine():
    """An analyzer with our registry and no language model."""
    nlp = NoOpNlpEngine(models=[{"lang_code": "ko", "model_name": "none"}])
    nlp.load()
    return AnalyzerEngine(registry=registry(["ko"]), nlp_engine=nlp, supported_languages=["ko"])


def found(engine, text, **options):
    """(entity type, matched text) of all results."""
    return {(r.entity_type, text[r.start : r.end]) for r in engine.analyze(text, language="ko", **options)}


def test_rules_and_recognizers_answer_through_an_analyzer_engine(engine):
    """A delivery note gives its phone, e-mail, door code and name, beside Hangul without a space."""
    text = "받는분: 홍길동 010-1234-5678 메일은kim@example.com입니다 공동현관 #1234*"
    assert found(engine, text) >= {
        ("PERSON", "홍길동"),
        ("PHONE_NUMBER", "010-1234-5678"),
        ("EMAIL_ADDRESS", "kim@example.com"),
        ("DOOR_CODE", "#1234*"),
    }


def test_entities_narrow_the_search(engine):
    """Only the entity types that were asked for come back."""
    text = "010-1234-5678 kim@example.com"
    assert found(engine, text, entities=["EMAIL_ADDRESS"]) == {("EMAIL_ADDRESS", "kim@example.com")}


def test_a_broken_checksum_is_no_result(engine):
    """A card number that fails Luhn is not reported, one that passes is."""
    assert ("CREDIT_CARD", "4111 1111 1111 1111") in found(engine, "카드 4111 1111 1111 1111")
    assert not found(engine, "카드 4111 1111 1111 1112", entities=["CREDIT_CARD"])


def test_full_width_digits_keep_their_offsets(engine):
    """Offsets are those of the text as given."""
    assert ("PHONE_NUMBER", "０１０－１２３４－５６７８") in found(engine, "전화 ０１０－１２３４－５６７８ 입니다")
