"""Chinese addresses: where they begin, and where they end."""

from __future__ import annotations

import pytest

from scanner.recognizers.zh import addresses


def found(text: str) -> list[str]:
    """The addresses that are reported in `text`."""
    return [text[span.start : span.end] for span in addresses.find(text) if span.score >= 0.5]


@pytest.mark.parametrize(
    ("before", "address", "after"),
    [
        ("", "黑龙江省鹤岗市向阳区红旗路与胜利街交叉口南30米", "赵明轩13900001111"),
        ("13900001111赵明轩", "黑龙江省鹤岗市向阳区红旗路与胜利街交叉口北40米对面", ""),
        ("赵明轩", "云南省昆明市五华区新华路12号", "13900001111"),
        ("收货地址：", "广东省深圳市南山区科技园南路88号 创业大厦B座1201室", " 李四 13800001111"),
        ("", "广东省广州市天河区样本理工大学东校区宿舍12栋305", " 王伟 13800001111"),
        ("", "四川省成都市武侯区桐梓林街道天府名居3栋2单元1801", " 李小明"),
        ("", "河南省周口市商水县黄寨镇李庄村3组", " 王建国 13900001111"),
        ("", "北京市海淀区中关村大街1号3-2-501", " 13900001111"),
        ("寄到", "重庆渝北区龙溪街道红锦大道88号天一新城A栋12-5", "，谢谢"),
        ("", "上海市浦东新区世纪大道100号东方明珠", "赵明轩13900001111"),
        ("他住在", "云南省昆明市五华区新华路12号", "每天都去上班"),
        ("", "浙江省 金华市 义乌市 北苑街道 拥军路 12号 4单元 502", " 骆宾 13800001111"),
        ("", "河北省保定市莲池区样本小区2栋一单元405", "13900001111 赵明轩收"),
        ("", "苏州市姑苏区和平路88号", "放门口就行"),
        ("", "样本大道南段27号样本广场C座1105室", ""),
        ("", "中国湖南长沙样本路36号,邮编 410000", ""),
        ("", "110臺北市信義區松仁路100號12樓之3", " 王小明"),
        ("", "高雄市左營區博愛二路77巷5弄9號", ""),
        ("", "中正路二段25巷8號5樓", ""),
        ("", "九龍旺角彌敦道600號3樓A室", ""),
        ("", "香港新界沙田正街1號新城市廣場3座12樓B室", ""),
        ("", "山西省太原市小店区样本公寓", ""),
        ("", "北京市朝阳区和平路与光明街交叉口南20米样本家园底商", "赵明轩13900001111"),
        ("", "北京市朝阳区和平路12号底商", "赵明轩13900001111"),
        ("", "浙江省杭州市余杭区样本村委会12号", "赵明轩13900001111"),
    ],
)
def test_the_whole_address_and_no_more(before: str, address: str, after: str) -> None:
    """The span runs from the first place to the last piece, and stops before a name, a number, a request."""
    assert found(before + address + after) == [address]


@pytest.mark.parametrize(
    "text",
    [
        "上海市在3月15号召开第3号会议",
        "北京市海淀区政府的工作",
        "贵州省黔东南苗族侗族自治州凯里市",
        "记者从北京市朝阳区三里屯街道获悉，今年将改造12个小区",
        "北京市海淀区人民政府2023年第12号令",
        "武汉市洪山区人民政府 北京市第一中级人民法院",
        "我在上海市3号线等你",
        "北京时间3月5日8时 成都太古里3楼有家餐厅",
        "广东省深圳市 王小明 13900001111",
        "从广州市天河区到深圳市南山区要2个小时",
        "第12号台风 5号电池 公交101路",
        "新华路步行街很热闹",
        "黄山风景区 武汉大学 齐齐哈尔",
    ],
)
def test_places_institutions_and_numbers_are_no_address(text: str) -> None:
    """Prose that names places, offices, metro lines and notices holds no address."""
    assert found(text) == []


@pytest.mark.parametrize("between", ["，赵明轩", "，", " 赵明轩", "，毛新琳"])
@pytest.mark.parametrize(
    "second",
    [
        "河北省石家庄市裕华区样本路5号",
        "辽宁省沈阳市和平区科技大道72号",
        "北京市朝阳区和平路9号",
        "重庆市重庆市渝北区红锦大道88号",
    ],
)
def test_the_next_address_is_another_one(between: str, second: str) -> None:
    """Two addresses of a line, with a name or nothing between, are two."""
    first = "江苏省苏州市昆山市中山路347号2室"
    assert found(f"{first}{between}{second}") == [first, second]


def test_a_road_and_its_number_need_more() -> None:
    """Without a place, a road with a number is an address beside a telephone number or with a room, else not."""
    assert found("新华路12号") == []
    assert found("新华路12号 13900001111") == ["新华路12号"]
    assert found("新华路12号3楼") == ["新华路12号3楼"]


def test_a_postal_code_belongs_to_its_own_line() -> None:
    """A code at the end of a line is no part of the address on the next one."""
    lines = ["中国湖南长沙样本路36号,邮编 410000", "旺角樣本道22號樣本中心2期8字樓"]
    assert found("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "address",
    [
        "澳門新馬路123號4樓A",
        "澳门氹仔米尼奥街100号花城利丰大厦5楼B",
        "澳門新口岸宋玉生廣場411號皇朝廣場16樓C",
        "上海市浦东新区世纪大道100号东塔1508",
        "上海市浦东新区世纪大道100号环球大厦1508",
        "北京市朝阳区望京街9号B座1203",
        "深圳市南山区科技园路1号解放医院",
    ],
)
def test_rooms_are_glued_to_what_they_are_in(address: str) -> None:
    """A room number follows a tower or a building, a letter its floor; Macao has quarters like Hong Kong's."""
    assert found(address) == [address]


@pytest.mark.parametrize("note", ["麻烦放快递柜", " 麻烦放门口", "放驿站", "提前电联"])
def test_what_a_courier_is_asked_is_no_address(note: str) -> None:
    """A request behind the address may end like a site."""
    assert found(f"广东省深圳市南山区科技园路1号3栋501{note}") == ["广东省深圳市南山区科技园路1号3栋501"]


@pytest.mark.parametrize("text", ["北京市朝阳区代理商 13900001111", "广州市天河区客服 13900001111"])
def test_people_behind_a_place_are_no_piece_of_an_address(text: str) -> None:
    """Who does business in a district, with a number, is no address."""
    assert found(text) == []
