"""Our rules and recognizers inside Presidio."""

from itertools import pairwise
from pathlib import Path

import pytest

presidio = pytest.importorskip("presidio_analyzer")
from presidio_analyzer import AnalyzerEngine  # noqa: E402
from presidio_analyzer.nlp_engine import NoOpNlpEngine  # noqa: E402

from scanner import Finding, ScanConfig, scan  # noqa: E402
from scanner.presidio import registry  # noqa: E402

TEXT = """받는분: 홍길동 010-1234-5678 서울특별시 강남구 테헤란로 12길 34 공동현관 #1234*
收件人：王小明 13812345678 广东省深圳市南山区科技园路1号3栋502室
宛名：山田太郎 様 東京都千代田区丸の内1-2-3 電話 ０３－１２３４－５６７８

Người nhận: Nguyễn Văn An, 12 Lê Lợi, Phường Bến Nghé, Quận 1, TP.HCM, 0901234567
Ship to: Jane Miller, 12 Main Street, Springfield, IL 62701, +1 202 555 0143, jane@example.com
المستلم: أحمد علي، شارع الملك فهد 12، الرياض، هاتف 0501234567
card 4111 1111 1111 1111, masked 010-****-5678 and 홍*동, login from 203.0.113.9, version 1.2.3.4"""


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


@pytest.mark.parametrize("text", [TEXT, *TEXT.splitlines(), TEXT.splitlines()[0] * 1500, "\n\n", ""])
def test_a_text_gives_what_scan_gives_for_a_file(text, tmp_path: Path):
    """Places, types, scores, rules and states are those of `scanner.scan`, whatever the language the text is in."""
    (tmp_path / "text.log").write_bytes(text.encode())
    recognizer = registry(["ko"]).recognizers[0]
    results = [
        (
            r.entity_type,
            r.start,
            r.end,
            r.score,
            r.recognition_metadata["recognizer_name"],
            r.recognition_metadata["state"],
        )
        for r in recognizer.analyze(text, [])
    ]
    starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]
    findings = [f for f in scan([str(tmp_path / "text.log")], ScanConfig(jobs=1)) if isinstance(f, Finding)]
    assert results == [
        (f.entity_type, starts[f.line - 1] + f.start, starts[f.line - 1] + f.end, f.score, f.rule_id, f.state)
        for f in findings
    ]


def test_results_do_not_overlap(engine):
    """Each piece of a text is reported once."""
    results = sorted(engine.analyze(TEXT, language="ko"), key=lambda result: result.start)
    assert len(results) > 15
    assert all(first.end <= second.start for first, second in pairwise(results))


def test_results_say_why(engine):
    """The explanation names the rule and lists the evidence and what each added."""
    (result,) = engine.analyze("ip address 203.0.113.9", language="ko", return_decision_process=True)
    why = result.analysis_explanation
    assert (why.recognizer, why.score) == ("ip-v4", result.score)
    assert why.textual_explanation == (
        "pattern dotted +0.40, context word near +0.35, checksum or structure valid +0.30"
    )


def test_a_lone_surrogate_does_not_move_what_follows(engine):
    """Text that is not valid Unicode is read all the same, at the places where it stands."""
    assert found(engine, "\ud800 010-1234-5678") == {("PHONE_NUMBER", "010-1234-5678")}


def test_each_language_has_the_same_recognizer():
    """One recognizer is registered for each language that is asked for."""
    recognizers = registry(["ko", "en"]).recognizers
    assert [(r.name, r.supported_language) for r in recognizers] == [("leakgauge", "ko"), ("leakgauge", "en")]
    assert {"PERSON", "ADDRESS", "PHONE_NUMBER", "KR_RRN"} <= set(recognizers[0].supported_entities)
