"""Door codes in delivery notes."""

import pytest

from scanner.recognizers.door_codes import find


def found(text: str) -> list[str]:
    """The codes that reach the threshold."""
    return [text[s.start : s.end] for s in find(text) if s.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("공동현관 들어오실 때 1234 누르고 종 누르세요", "1234"),
        ("101동 공동현관에서 1203호 호출 후 3344# 입력", "3344#"),
        ("楼下大门请按 0815# 进入", "0815#"),
        ("press 4521# at the gate", "4521#"),
        ("At the front door please dial 4521 and come up", "4521"),
        ("Đến cổng chính bấm 1975# rồi vào", "1975#"),
        ("エントランスで 0815 を押してください", "0815"),
        ("عند الباب اضغط 4521#", "4521#"),
    ],
)
def test_place_code_and_action_in_one_clause(text: str, code: str) -> None:
    """An entrance and a verb of entering make a number a code, with its marks."""
    assert found(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "현관 앞 1203호에 놓아주세요",
        "공동현관 앞에 두고 010-1234-5678 로 눌러 전화",
        "인증번호 123456 입력 후 로비로 오세요",
        "로비에서 5000원 내고 입력",
        "대문 2024년 5월 교체, 호출 없음",
        "楼下12号 1503室 请按门铃",
        "password reset 1234 enter code at gate",
        "gate price 1234 USD enter to win",
        "At the gate. Then press 1234",
    ],
)
def test_other_numbers_near_a_door(text: str) -> None:
    """Rooms, phones, prices, dates, verification codes and other clauses are not door codes."""
    assert found(text) == []


def test_pieces_of_longer_numbers_are_no_codes() -> None:
    """Bare digits between other digits belong to a telephone number; a code with keys may stand beside a room."""
    assert found("0900 000 128 cổng chính bấm 7022#") == ["7022#"]
