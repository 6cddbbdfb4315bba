"""Names by language models that are installed beside leakgauge."""

import pytest
from presidio_analyzer import EntityRecognizer

from scanner.recognizers import models

SAMPLES = {
    "person-model-ko": ("배우 김하늘이 홍길동과 서울에 왔다.", ["김하늘", "홍길동"]),
    "person-model-zh": ("导演李志强和王小明在北京见面。", ["李志强", "王小明"]),
    "person-model-ja": ("山田太郎さんがジョン・スミスと東京で会った。", ["山田太郎", "ジョン・スミス"]),
    "person-model-vi": ("Anh Nguyễn Văn An gặp chị Trần Thị Hoa ở Hà Nội.", ["Nguyễn Văn An", "Trần Thị Hoa"]),
    "person-model-en": ("Yesterday Jane Tester met Michael Johnson in Paris.", ["Jane Tester", "Michael Johnson"]),
}


def test_every_model_has_a_sample() -> None:
    """A model that is added is tested."""
    assert SAMPLES.keys() == models.MODELS.keys()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_model_finds_names_and_no_places(name: str) -> None:
    """Each is a Presidio recognizer that finds the names of a sentence, on each of several lines."""
    if name not in models.installed():
        pytest.skip(f"pip install 'leakgauge[{models.MODELS[name].extra}]' to test {name}")
    text, names = SAMPLES[name]
    recognizer = models.create(name)
    results = recognizer.analyze(f"\n{text}\n \n{text}", [])
    assert isinstance(recognizer, EntityRecognizer)
    assert [f"\n{text}\n \n{text}"[r.start : r.end] for r in results] == names * 2
