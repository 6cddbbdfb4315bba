"""Korean lists."""

from __future__ import annotations

import importlib
from pathlib import Path

from sources import Lists, listed, rows

# Syllables that are usual in Korean given names.
KO_GIVEN = listed(
    """가 강 건 겸 경 광 교 국 권 규 균 근 금 길 나 난 남 다 단 달 담 대 덕 도 동 두 라 란 람 래 련 령 록 름 리 린
    림 만 명 모 문 미 민 범 별 병 보 복 봉 빈 빛 상 새 서 석 선 설 섭 성 세 솔 송 수 숙 순 슬 승 시 식 신 아 안
    애 양 언 엽 연 열 영 예 옥 온 완 용 우 욱 운 웅 원 월 유 윤 율 은 을 의 이 익 인 일 임 자 재 정 제 종 주 준
    중 지 진 찬 창 채 천 철 춘 충 태 택 하 학 한 해 향 혁 현 형 혜 호 홍 화 환 후 훈 휘 희"""
)


def lists(npm_folder: Path) -> Lists:
    """Surnames, common words that look like names, cities and districts."""
    words = importlib.import_module("ko_pii.dictionaries.common_words").COMMON_WORDS
    surnames = {row[0] for row in rows("kr_surnames.csv")}
    compound = {"남궁", "황보", "제갈", "사공", "선우", "독고", "동방", "서문"}
    yield "ko-surnames", {name for name in surnames if len(name) == 1} | compound
    yield "ko-given", KO_GIVEN
    yield "ko-common", {word for word in words if 2 <= len(word) <= 5}
    areas = list(rows("kr_addresses.csv"))
    yield "kr-districts", {part for row in areas for part in row[1].split() if len(part) > 1}
