"""Chinese names: in running text, in delivery lines, in both scripts."""

from __future__ import annotations

import pytest

from scanner.recognizers.spans import Span
from scanner.recognizers.zh import names


def found(text: str) -> list[str]:
    """The names that are reported in `text`."""
    return [text[span.start : span.end] for span in names.find(text) if span.score >= 0.5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("昨天赵明轩说他不来了", ["赵明轩"]),
        ("会议由李文涛主持", ["李文涛"]),
        ("董事长马建平在会上表示，公司将继续投入", ["马建平"]),
        ("参加的有徐静、万亮、苏玉华等", ["徐静", "万亮", "苏玉华"]),
        ("周六和刘洋一起去看电影", ["刘洋"]),
        ("欧阳晓雯获得冠军", ["欧阳晓雯"]),
        ("記者王小明報導，陳大文表示支持", ["王小明", "陳大文"]),
        ("主演是爱德华·沃克尔", ["爱德华·沃克尔"]),
    ],
)
def test_names_in_running_text(text: str, expected: list[str]) -> None:
    """A name is found where it explains the characters better than words do, in full and without its neighbours."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "黑龙江省鹤岗市向阳区红旗路与胜利街交叉口南30米赵明轩13900001111",
        "13900001111赵明轩黑龙江省鹤岗市向阳区红旗路12号",
        "赵明轩云南省昆明市五华区新华路12号13900001111",
        "赵明轩 13900001111 云南省昆明市五华区新华路12号",
        "云南省昆明市五华区新华路12号，赵明轩收，139-0000-1111",
        "云南省昆明市五华区新华路12号 3栋2单元501　赵明轩",
        "上海市浦东新区世纪大道100号东方明珠赵明轩13900001111",
        "地址：云南省昆明市五华区新华路12号，收货人赵明轩，手机13900001111",
    ],
)
def test_names_in_delivery_lines(line: str) -> None:
    """Name, number and address are told apart in any order, glued or not."""
    assert found(line) == ["赵明轩"]


@pytest.mark.parametrize("name", ["向国庆", "黄圆圆", "于磊", "诸葛卫东"])
@pytest.mark.parametrize(
    "line",
    [
        "云南省昆明市五华区新华路12号{}13900001111 赵明轩13900001112北京市朝阳区和平路9号2室",
        "13900001111 {} 云南省昆明市五华区新华路12号，北京市朝阳区和平路9号2室，赵明轩，13900001112",
    ],
)
def test_words_are_names_alone_between_an_address_and_a_number(line: str, name: str) -> None:
    """There a family name is enough, though the given name is a word such as 国庆."""
    assert sorted(found(line.format(name))) == sorted([name, "赵明轩"])


@pytest.mark.parametrize("word", ["车库", "南门", "后门", "前台", "楼下", "花店", "收货", "宋氏药店", "高层", "门口"])
def test_places_alone_between_an_address_and_a_number_are_no_names(word: str) -> None:
    """What ends like a place, or is a known word, is no name there."""
    assert found(f"云南省昆明市五华区新华路12号{word}13900001111") == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("云南省昆明市五华区新华路12号 绵云崽 13900001111", "绵云崽"),
        ("云南省昆明市五华区新华路12号 13900001111 张", "张"),
        ("田qz 13900001111 云南省昆明市五华区新华路12号", "田qz"),
        ("臺北市信義區松仁路100號12樓之3 陳大文 0912-345-678", "陳大文"),
    ],
)
def test_what_is_left_of_a_delivery_line_is_the_name(line: str, name: str) -> None:
    """Nicknames, bare family names and abbreviated names are taken where a line leaves nothing else to be."""
    assert found(line) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "全棉四件套床上用品纯棉被套床单双人1.8米",
        "常温保存 高温消毒 安装说明 易燃物品 方法重载 成员变量 元数据 类型转换",
        "何时发货？何况马上要用，于是任何时候都可以",
        "张小泉剪刀 王老吉凉茶 李宁运动鞋",
        "石家庄 齐齐哈尔 马鞍山 高明",
        "关闭订单 解除绑定 查询余额 金额 单价 成交额",
        "时代广场 金融街 华联超市 江苏省人民政府办公厅",
        "联系电话13900001111 客服电话 13900001111 手机号码:13900001111",
        "云南省昆明市五华区新华路12号 谢谢 13900001111",
        "卢森堡 尼加拉瓜 乌克兰 哈萨克斯坦",
        "福建省福州市连江县凤城镇马祖东路12号",
    ],
)
def test_words_are_no_names(text: str) -> None:
    """Words, brands, places, forms and street names that begin with a family name's character stay unreported."""
    assert found(text) == []


def test_japanese_lines_are_not_chinese() -> None:
    """Kanji in a line with kana are not read as Chinese, but in the Chinese line beside it they are."""
    assert found("林文雄さんは東京で高明に会いました") == []
    assert found("林文雄さんは東京で会いました\n林文雄昨天来了") == ["林文雄"]


@pytest.mark.parametrize(
    ("text", "names_"),
    [
        ("name: 王伟", True),
        ("name: 王小明", True),
        ("name: 高清", False),
        ("name: 方案", False),
        ("name: 管理员", False),
        ("name: 項目名", False),
    ],
)
def test_a_bare_label_needs_what_is_a_name_by_itself(text: str, names_: bool) -> None:
    """After `name:` a string of two characters or three is a name only when the model says so."""
    end = names.after_label(text, len("name: "), names.Trust.BARE)
    assert end == (len(text) if names_ else None)


def test_offsets_are_those_of_the_text_as_it_was() -> None:
    """Traditional characters, and ones beyond the Basic Multilingual Plane, are looked up without moving anything."""
    text = "😀𠮷 歐陽曉雯 0912-345-678"
    (span,) = names.find(text)
    assert isinstance(span, Span)
    assert text[span.start : span.end] == "歐陽曉雯"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("买买提·艾力", ["买买提·艾力"]),
        ("我叫阿不都热西提·买买提", ["阿不都热西提·买买提"]),
        ("扎西·多吉", ["扎西·多吉"]),
        ("谭雅·罗伯茨出演", ["谭雅·罗伯茨"]),
        ("买买提·艾力 13900001111 新疆乌鲁木齐市天山区解放路12号", ["买买提·艾力"]),
    ],
)
def test_names_with_a_dot_are_found_whole(text: str, expected: list[str]) -> None:
    """Names of Uyghurs, Tibetans and foreigners are neither cut at the dot nor at a character of their beginning."""
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'msgstr "哥斯达黎加"',
        'msgstr "圣马力诺"',
        'msgstr "塞拉利昂"',
        'msgstr "馬紹爾群島"',
        'msgstr "黎巴嫩"',
        'msgstr "盧安達"',
        'msgstr "夏威夷標準時間"',
        'msgstr "高雄"',
        'msgstr "金曜日"',
        'msgstr "请输入用户名字和口令"',
        'msgstr "将此名字关联的文件删除"',
    ],
)
def test_translations_hold_no_names(text: str) -> None:
    """Places abroad are written by their sound, and so begin like names; what follows a label may be a sentence."""
    assert found(text) == []


def test_a_firm_is_not_its_founder() -> None:
    """A name that a firm's kind follows, perhaps after a branch in brackets, is that of the firm."""
    assert found("北京赵明轩(成都)律师事务所") == []
    assert found("赵明轩有限公司的地址") == []
    assert found("赵明轩在律师事务所工作") == ["赵明轩"]


@pytest.mark.parametrize("text", ["小林恵子", "林恵子", "広瀬文雄", "渡辺直人"])
def test_characters_of_japan_alone_are_in_no_chinese_name(text: str) -> None:
    """Japan's own simplified characters tell that a line is Japanese, where it has no kana."""
    assert found(text) == []


def test_what_is_left_of_a_line_may_be_a_name_only_if_it_is_no_term() -> None:
    """A nickname is taken where nothing else is left; a word made of two words is none, nor a part of the address."""
    assert found("北京市东城区绵云崽 绵云 13900001111") == ["绵云"]
    assert found("服务热线 13900001111 广东省深圳市南山区") == []


@pytest.mark.parametrize(
    "text", ["王某某，13900000000", "收件人：张某 电话", "李xx 13900000000", "王某13900000000", "张X 13900000000"]
)
def test_a_name_that_is_left_out_is_none(text: str) -> None:
    """Signs for the rest of a name show that it is masked already."""
    assert found(text) == []
