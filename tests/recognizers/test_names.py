"""Personal names in free text, by language."""

import pytest
from recognized import recognized

NAMES = [
    ("수령인: 홍길동", ["홍길동"]),
    ("홍길동님 안녕하세요, 김민수 씨", ["홍길동", "김민수"]),
    ("받는분 홍길동 010-1234-5678", ["홍길동"]),
    ("받는 분: 김철, 이름은 이영희입니다", ["김철", "이영희"]),
    ("역삼동 12 101동 1203호 홍길동", ["홍길동"]),
    ("收件人：赵明轩 收货人 张三", ["赵明轩", "张三"]),
    ("联系人：李qz", ["李qz"]),
    ("收货人吴艾培手机号码13900001111", ["吴艾培"]),
    ("赵明轩13900001111", ["赵明轩"]),
    ("13900001111赵明轩黑龙江省哈尔滨市", ["赵明轩"]),
    ("赵明轩云南省昆明市五华区新华路12号", ["赵明轩"]),
    ("黄山路10栋101房 肖小姐", ["肖小姐"]),
    ("Người nhận: NGUYEN VAN AN, anh Lê Văn Tám", ["NGUYEN VAN AN", "Lê Văn Tám"]),
    ("Tôi gặp Trần Thị Hoa ở chợ", ["Trần Thị Hoa"]),
    ("宛名 山田太郎様", ["山田太郎"]),
    ("山田様 佐藤花子 様", ["山田", "佐藤花子"]),
    ("氏名：山田 太郎", ["山田 太郎"]),
    ("المستلم: محمد بن علي", ["محمد بن علي"]),
    ('{"recipient_name": "John Smith"}', ["John Smith"]),
    ("name: 김가상, name=王小明, customer: 山田太郎", ["김가상", "王小明", "山田太郎"]),
    ('<name>김가상</name> "name":"김가상" \\"name\\":\\"김가상\\"', ["김가상"] * 3),
    ("receiver_name: 王伟 recipientName=佐藤 花子 user.name=김가상", ["王伟", "佐藤 花子", "김가상"]),
    ("수령인: Jane Tester", ["Jane Tester"]),
    ("Tenant: J. Smith, Patient: SMITH, JOHN A", ["J. Smith", "SMITH, JOHN A"]),
    ("氏名: Nguyễn Văn An / 收件人: 김가상 / Họ tên: 王小明", ["Nguyễn Văn An", "김가상", "王小明"]),
    ("الاسم: Jane Tester, full name: خالد الحربي", ["Jane Tester", "خالد الحربي"]),
    ("NGƯỜI NHẬN: Trần Hoa", ["Trần Hoa"]),
    ("Recipient: Jane Tester Phone: 202-555-0143", ["Jane Tester"]),
    ("氏名：山田太郎 電話番号：03-1234-5678", ["山田太郎"]),
    ("주문자명: 김 가 상 님", ["김 가 상"]),
    ("Dr. Jane O'Neil met Michael Johnson", ["Jane O'Neil", "Michael Johnson"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_beside_a_clue(text: str, names: list[str]) -> None:
    """A label, a title, a phone number or an address beside a name gives it away, and only the name."""
    assert recognized("PERSON", text) == names


@pytest.mark.parametrize(
    "text",
    [
        "고객님 감사합니다. 선생님, 주문자님, 구매자님",
        "담당자: 미정",
        "이름: 상품명",
        "海南省海南省白沙黎族自治县",
        "12 Nguyễn Văn Linh, đường Nguyễn Thị Minh Khai",
        "お客様 皆様 神様",
        "name: Build Docs",
        "name: 확인, name: 이미지, name: 강남구, name: 项目名, name: 管理员, name: 東京都, name: 千葉大学",
        "customer: 山田商店, sender: 주식회사 한빛, contact: 이메일",
        "file_name: 김가상, hostname: 김가상, class name: 김가상, $name=김가상, tag.name=김가상",
        "name > 김가상",
        "주문자: 김 가 방 을 샀다",
        "listen: Foo Bar",
        "氏名：山田**, Nguyễn Văn A*",
        "Mary Doc.txt and name: Mary Doc.txt",
        "12 Michael Smith Street",
        "Michael Street is closed",
        "المرسل إليه",
    ],
)
def test_words_that_look_like_names(text: str) -> None:
    """Roles, streets, places and job names are not people."""
    assert recognized("PERSON", text) == []


def test_joined_lines_give_the_same_findings() -> None:
    """Cells joined by line feeds are found as if alone: nothing crosses a line."""
    assert recognized("PERSON", "\n".join(text for text, _ in NAMES)) == [name for _, names in NAMES for name in names]


@pytest.mark.parametrize("word", ["연락처", "주소", "문의처", "현관", "구매처", "부재시", "경비실", "반품지"])
def test_words_of_forms_before_a_number_are_no_names(word: str) -> None:
    """Words that begin with a surname's syllable stand before numbers more often than names do."""
    assert recognized("PERSON", f"{word} 010-0000-1234") == []
