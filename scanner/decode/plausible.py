"""How likely a text is what its author wrote: the share of its non-ASCII characters that its language uses often.

Bytes of one East Asian encoding are mostly valid in the others; but then they give rare characters. The lists
hold the few hundred most frequent characters, with those of names and addresses, written for this purpose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import repeat

_HANGUL = frozenset(
    "이다는을가에의로고하한은도지기사서자아리나인대어시정수해일그부전제스라상장주원보동구여들만게성과공신유위선조오관생면"
    "실우치소마발안요미세문회경국있했것비거연모용중적분방물행계통화강남김박최윤임권황송류홍양배백허심노곽차민진엄채천현"
    "함변염추석길로번층호읍리군북광울산역별특청역센터빌라트파크타워편택배앞놓벨눌러주세문현관밀출입호내건명름락처번소송"
    "영재준훈혁철희숙은순옥자혜윤빈솔찬율담린예나라봄별하늘바람되었습니까면서도록않았으므때문여러분더많또같말른알없를며"
    "와학년월간후체단결과료직업체금액입출급예금카드점포매품량가격할증객님상담문의완반환취접단합개회식본작외업반력근속육의약"
    "병원당평형평본종운로당청논현역삼압봉천신월목교잠분당판탄덕둔촌탑암불곡마포성북은평노원도봉랑악작등촌양천금천관"
)
_SIMPLIFIED = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种"
    "事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第"
    "公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合"
    "回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总"
    "何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听"
    "白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带"
    "导争运笔县省镇乡村街巷弄号楼室单元栋幢座层园苑花城广州京津沪渝苏浙江湖河贵云川陕甘宁青藏疆桂琼鲁晋冀辽吉黑皖赣闽"
    "姓联系地址手收件寄快递订备注客户李刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕卢蒋蔡贾丁魏"
    "薛叶阎余潘杜戴夏钟汪田姜范石姚谭廖邹熊陆郝孔崔康毛邱秦史顾侯邵孟龙段雷钱汤尹易武乔贺赖龚伟芳娜敏静丽强磊洋勇艳杰娟"
    "涛超秀霞刚桂英华玉兰红玲梅丹萍鹏飞辉宇浩欣怡婷雪琳晨轩涵梓佳嘉诗雨子豪俊博文思睿铭凯健斌波勤淑珍荣春香芬燕彩雅琴"
)
_TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種"
    "事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日者意無力它與長把機十民第"
    "公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西月話合"
    "回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四神總"
    "何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指許統區保至隊形社便空決治展馬科司五基眼書非則聽"
    "白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊張該交規萬取望覺術領共確傳師觀清今切院讓識候帶導爭運"
    "縣省鎮鄉里鄰村街巷弄號樓室之段層台臺灣灣北桃園新竹苗栗彰化雲林嘉義屏宜蘭花蓮澎湖基隆高雄港九龍州京津湖河"
    "姓聯繫地址手收件寄訂單備註客戶李劉陳楊趙黃周吳徐孫胡朱林何郭羅梁宋鄭謝韓唐馮董蕭曹袁鄧許傅沈曾彭呂盧蔣蔡賈丁魏"
    "薛葉閻余潘杜戴夏鍾汪田姜范石姚譚廖鄒熊陸郝孔崔康邱秦江史顧侯邵孟龍萬段雷錢湯尹黎易常武喬賀賴龔莊游詹簡偉芳娜敏靜麗"
    "強磊洋勇豔杰娟濤超秀霞剛桂英華玉蘭紅玲梅丹萍鵬飛輝宇浩欣怡婷雪琳晨軒涵佳詩雨子豪俊博睿銘凱健斌波勤淑珍榮春香芬燕彩雅"
    "琴志冠承宗翰柏廷哲瑋彥君雯筑惠貞慧美鳳娥月忠孝仁愛信義和平復興民權民族中正中山"
)
_KANA = frozenset(
    "ぁあぃいうぇえおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽ"
    "まみむめもゃやゅゆょよらりるれろわをんァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトド"
    "ナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロワヲンヴー"
)
_JAPANESE = _KANA | frozenset(
    "一二三四五六七八九十百千万円年月日時分間本国人大中小上下左右東西南北前後内外山川田村町市区県都道府府丁目番地号室階"
    "京阪神奈横浜名古屋札幌仙台広島福岡沖縄埼玉千葉茨城栃木群馬新潟長野静岡愛知三重滋賀兵庫和歌鳥取根岡口徳香媛高佐崎"
    "熊宮鹿児青森岩手秋形富石井梨岐阜佐藤鈴木橋渡辺伊山中小林加吉松本清斎水口池阿部森橋石前小岡後近遠坂西野原谷"
    "太郎次美子恵花香奈菜優真由紀健一浩明和正幸裕智樹大翔陽葵結衣悠斗蓮莉愛彩直隆誠学生会社電話番号住所氏名姓様御中"
    "受注文配送届先宅急便料金額合計税込商品数量備考登録更新日付変更済未完了確認連絡顧客先行者的性自動車用方事物場手見出"
    "入発表問題対応要必使作成業務員会議開始終予定案件部課長社私今何言思行来食学校先週毎朝夜駅線通公園丘坂台橋港"
)
_ARABIC = frozenset("اليمونرتبةعدسفهكقأحج")
_CJK_MARKS = frozenset("、。，．・：；？！（）「」『』【】《》〈〉－～＃＠　０１２３４５６７８９，－·％＋／")
_EAST_ASIAN = _HANGUL | _SIMPLIFIED | _TRADITIONAL | _JAPANESE | _CJK_MARKS
_MARKS = frozenset("‘’“”–—…•€£©®«»°")

_LATIN = "àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÕÖØÚÛÜŒ"
_VIETNAMESE = "ăâđêôơưàáèéíóùúĂÂĐÊÔƠƯÀÁÉÍÓÚ"
_COMPOSED = "ãìòõýĩũÃÌÒÕÝĨŨ\u1ea0-\u1ef9"  # which cp1258 has apart
_LATIN_WORD = re.compile(f"(?<=[A-Za-z])[{_LATIN}]|[{_LATIN}](?=[a-z])|(?<=[{_LATIN}])[{_LATIN}](?=[a-z])")
_VIETNAMESE_LETTER = _VIETNAMESE + _COMPOSED
_VIETNAMESE_WORD = re.compile(
    f"(?<=[A-Za-z])[{_VIETNAMESE_LETTER}]|[{_VIETNAMESE_LETTER}](?=[A-Za-z])|(?<=[{_VIETNAMESE_LETTER}])[{_VIETNAMESE_LETTER}]"
    f"|(?<=[aeiouyAEIOUY{_VIETNAMESE_LETTER}])[\u0300\u0301\u0303\u0309\u0323]"
)

# The weight of one character for which a codec is no explanation; a right codec has hardly any.
_UNDECODABLE, _UNUSED = -3.0, -1.0
_UNLIKELY = 0.5  # what the right codec of a text hardly ever has
_THREE_BYTES, _RARE = "\u0800", 0.3  # characters of so many bytes in UTF-8 are hardly ever there by chance
_MANY = 10  # different characters, which are no valid UTF-8 by chance


def _common(letters: frozenset[str], marks: frozenset[str] = _CJK_MARKS) -> Callable[[str], float]:
    weights = dict.fromkeys(marks, 0.5) | dict.fromkeys(letters, 1.0)
    return lambda text: sum(map(weights.get, text, repeat(0.0)))


def _japanese(text: str) -> float:
    # Half-width katakana is usual in bank data, and what other encodings look like.
    return _common(_JAPANESE)(text) + 0.4 * len(re.findall("[\uff66-\uff9f]", text))


def _words(pattern: re.Pattern[str]) -> Callable[[str], float]:
    return lambda text: len(pattern.findall(text)) + _common(frozenset(), _MARKS)(text)


def _arabic(text: str) -> float:
    """Count the frequent letters, half of those not in a word of 2 or more."""
    return 0.5 * _common(_ARABIC, _MARKS)(text) + 0.5 * _common(_ARABIC)("".join(re.findall("[ء-ي]{2,}", text)))


# Python's codecs, each the widest of its family; in the order in which they are preferred when nothing tells.
CODECS: dict[str, Callable[[str], float]] = {
    "cp1252": _words(_LATIN_WORD),
    "cp949": _common(_HANGUL),
    "gb18030": _common(_SIMPLIFIED),
    "big5hkscs": _common(_TRADITIONAL),
    "cp932": _japanese,
    "euc_jis_2004": _japanese,
    "cp1258": _words(_VIETNAMESE_WORD),
    "cp1256": _arabic,
    "iso8859_6": _arabic,
    "johab": _common(_HANGUL),
}


def familiar(text: str) -> int:
    """Count the letters, digits and marks of alphabetic scripts, and the frequent East Asian characters."""
    found = Counter(text)
    return sum(n for char, n in found.items() if char < "\u1000" or char in _EAST_ASIAN)


def plausibility(data: bytes, codec: str) -> float:
    """Return how well `codec` explains `data`: 1 is all frequent characters, 0 none, below 0 it does not decode."""
    text = data.decode(codec, "replace")
    bad = text.count("\ufffd")
    unused = len(re.findall("[\x80-\x9f\ue000-\uf8ff]", text))
    return (CODECS[codec](text) + _UNDECODABLE * bad + _UNUSED * unused) / max(_foreign(text), 1)


def utf8_share(data: bytes) -> float:
    """Return how well UTF-8 explains `data`: 1 it is valid, 0 half of it, -1 no character that is not ASCII."""
    text = data.decode("utf-8", "surrogateescape")
    bad = len(re.findall("[\udc80-\udcff]", text))
    return 1 - 2 * bad / max(_foreign(text), 1)


def reads_better(data: bytes, codec: str) -> bool:
    """Whether `data`, valid UTF-8, has more frequent characters as such than in `codec`; 谢谢 in GBK has fewer."""
    text, score = data.decode("utf-8", "ignore"), plausibility(data, codec)
    foreign = max(_foreign(text), 1)
    score -= _RARE * (max(text, default="") >= _THREE_BYTES)
    if any(CODECS[name](text) / foreign > score for name in (codec, *CODECS)):
        return True
    return score < _UNLIKELY and len({char for char in text if not char.isascii()}) >= _MANY  # of another script


def usual_codec(text: str) -> str | None:
    """Return the codec that the language of `text` has beside UTF-8, if it is one of ours."""
    foreign = max(_foreign(text), 1)
    scores = {codec: count(text) / foreign for codec, count in CODECS.items()}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > _UNLIKELY else None


def _foreign(text: str) -> int:
    """Count the characters that are not ASCII."""
    return len(text) - len(text.encode("ascii", "ignore"))
