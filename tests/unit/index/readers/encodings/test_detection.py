"""Detection by whole texts: each in its language, in every encoding that it was written in."""

import pytest

from index.readers.content.decoding import decode, decode_with_encoding
from index.readers.encodings.detection import Detection, detect

TEXTS = {
    "tr": "Gümrük işçileri dün sabah İzmir’de iş bıraktı. Liman müdürü Çağrı Öztürk, gemilerin bekleyeceğini söyledi.",
    "cs": "Včera ráno přestali pracovat celníci v Děčíně. Ředitel přístavu Jiří Žák řekl, že lodě budou čekat.",
    "sk": "Včera ráno prestali pracovať colníci v Komárne. Riaditeľ prístavu Ľubomír Ďurčo povedal, že lode počkajú.",
    "pl": "Wczoraj rano celnicy w Łebie przerwali pracę. Dyrektor portu Grzegorz Żak powiedział, że statki będą stać.",
    "hu": "Tegnap reggel leálltak a vámosok Győrben. A kikötő igazgatója, Szűcs Jenő azt mondta, hogy a hajók várnak.",
    "sl": "Cariniki v Kopru so včeraj zjutraj prenehali delati. Direktor pristanišča Žiga Čuk je rekel, da čakajo.",
    "hr": "Carinici u Šibeniku jučer su ujutro prestali raditi. Ravnatelj luke Željko Đurić kaže da će čekati.",
    "ro": "Vameșii din Constanța au încetat ieri lucrul. Directorul portului, Ștefan Țăranu, a spus că așteaptă.",
    "de": "Die Zöllner in Lübeck haben gestern früh die Arbeit niedergelegt. Die Schiffe müssen warten, so Jörg Weiß.",
    "fr": "Les douaniers du Havre ont cessé le travail hier. Le directeur du port, Benoît Lefèvre, est inquiet.",
    "es": "Los aduaneros de Cádiz dejaron de trabajar ayer. El director del puerto, Íñigo Muñoz, dijo que habrá más.",
    "pt": "Os funcionários da alfândega de Setúbal pararam ontem. O diretor do porto, João Conceição, não concorda.",
    "sv": "Tullarna i Göteborg slutade arbeta i går. Hamnens direktör, Åke Sjöström, säger att fartygen får vänta här.",
    "da": "Tolderne i Århus holdt op med at arbejde i går. Havnens direktør, Søren Kjær, siger, at skibene må vente.",
    "lt": "Klaipėdos muitininkai vakar ryte nustojo dirbti. Uosto direktorius Žygimantas Šukys sakė, kad laivai lauks.",
    "lv": "Rīgas muitnieki vakar no rīta pārtrauca darbu. Ostas direktors Jānis Bērziņš teica, ka kuģi gaidīs.",
    "ru": "Таможенники в Выборге вчера утром прекратили работу. Директор порта Юрий Щукин сказал, что суда подождут.",
    "uk": "Митники в Ізмаїлі вчора зранку припинили роботу. Директор порту Юрій Їжак сказав, що судна почекають.",
    "bg": "Митничарите във Варна вчера сутринта спряха работа. Директорът на пристанището Петър Щерев каза, че чакат.",
    "el": "Οι τελωνειακοί στη Θεσσαλονίκη σταμάτησαν χθες να εργάζονται. Ο διευθυντής είπε ότι περιμένουν.",
    "he": "עובדי המכס בנמל חיפה הפסיקו אתמול בבוקר לעבוד. מנהל הנמל אמר כי האוניות ימתינו עד מחר.",
    "ar": "توقف موظفو الجمارك في ميناء العقبة عن العمل صباح أمس. وقال مدير الميناء إن السفن ستنتظر.",
    "th": "เจ้าหน้าที่ศุลกากรหยุดทำงานเมื่อเช้าวานนี้ ผู้อำนวยการท่าเรือกล่าวว่าเรือจะต้องรอ",
    "ja": "神戸港の税関職員は昨日の朝、仕事を止めた。港の責任者は、船は待つことになると述べた。",
    "ko": "부산항 세관 직원들이 어제 아침 일을 멈췄다. 항만 책임자는 배들이 기다려야 한다고 말했다.",
    "zh": "昨天早上，港口的海关人员停止了工作。港口主任说，船只必须等待，直到他们回来。",
}
SIMPLE = str.maketrans({"’": "'"})
OLD_ROMANIAN = str.maketrans("șțȘȚ", "şţŞŢ")


@pytest.mark.parametrize(
    ("language", "encodings"),
    [
        ("tr", "cp1254 iso8859-9 mac-turkish cp857"),
        ("cs", "cp1250 iso8859-2 cp852 mac-latin2"),
        ("sk", "cp1250 iso8859-2 cp852 mac-latin2"),
        ("pl", "cp1250 iso8859-2 cp852 mac-latin2"),
        ("hu", "cp1250 iso8859-2 cp852"),
        ("sl", "cp1250 iso8859-2"),
        ("hr", "cp1250 iso8859-2"),
        ("ro", "iso8859-16"),
        ("de", "cp1252 iso8859-15 mac-roman cp850"),
        ("fr", "cp1252 iso8859-15 mac-roman cp850"),
        ("es", "cp1252 mac-roman cp850"),
        ("pt", "cp1252 mac-roman"),
        ("sv", "cp1252 mac-roman cp850"),
        ("da", "cp1252"),
        ("lt", "cp1257 iso8859-13"),
        ("lv", "cp1257 iso8859-13"),
        ("ru", "cp1251 koi8-r cp866 iso8859-5 mac-cyrillic cp855"),
        ("uk", "cp1251 koi8-u mac-cyrillic"),
        ("bg", "cp1251 iso8859-5"),
        ("el", "cp1253 iso8859-7"),
        ("he", "cp1255 iso8859-8"),
        ("ar", "cp1256 iso8859-6"),
        ("th", "cp874 tis-620"),
        ("ja", "cp932 shift_jis euc_jp iso2022_jp"),
        ("ko", "cp949 euc_kr iso2022_kr johab"),
        ("zh", "gb18030 gbk gb2312 hz"),
        *(
            (language, "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-7")
            for language in TEXTS
        ),
    ],
)
def test_text_is_decoded_whatever_its_encoding(language: str, encodings: str) -> None:
    text = TEXTS[language]
    if not encodings.startswith("utf"):
        text = text.translate(SIMPLE)
    decoded = {encoding: decode(text.encode(encoding)).lstrip("\ufeff") for encoding in encodings.split()}
    assert decoded == dict.fromkeys(encodings.split(), text)


def test_romanian_has_its_own_letters_in_any_encoding() -> None:
    # The bytes of both are the same, and ș is what they mean; a quotation mark or a declaration tells cp1250.
    old = TEXTS["ro"].translate(OLD_ROMANIAN)
    assert decode(old.encode("cp1250")) == TEXTS["ro"]
    assert decode(f"„{old}”".encode("cp1250")) == f"„{old}”"
    assert decode(old.encode("cp1250"), declared="windows-1250") == old


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The “northern” dock closed — workers want £3 more, said José Müller of the union’s board.", "cp1252"),
        ("It’s 5 °C, 20 m² and 3½ days…", "cp1252"),
        ("İzmir limanında çalışan", "cp1254"),
        ("Şırnak’ta yangın", "cp1254"),
        ("Žluťoučký kůň", "cp1250"),
        ("Москва", "cp1251"),
        ("café", "cp1252"),
    ],
)
def test_short_text_is_decoded(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_one_line_beyond_ascii_is_enough() -> None:
    text = "This line says little.\n" * 2000 + TEXTS["ja"]
    assert decode(text.encode("cp932")) == text


@pytest.mark.parametrize(
    "text",
    [
        "C++ and 1+1=2, a+b-c, +49 30 1234, ++i",
        "see http://example.org/?q=Foo+Bar+Baz-Qux",
        "MIIB+ABCD-efgh/IJKL+MNOPqrstuvwx\nq1+W2e/R3t+Y4u",
        "~{not Chinese}~ and ~{a b~}",
        "\x1b[31mred\x1b[0m",
    ],
)
def test_ascii_stays_ascii(text: str) -> None:
    assert decode(text.encode()) == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "utf-8", "nonsense", "windows-1253", "shift_jis"])
@pytest.mark.parametrize(
    ("language", "encoding"), [("tr", "cp1254"), ("pl", "cp1250"), ("ru", "cp1251"), ("hu", "cp1250")]
)
def test_wrong_declaration_loses_where_it_makes_no_sense(declared: str, language: str, encoding: str) -> None:
    assert decode(TEXTS[language].encode(encoding), declared=declared) == TEXTS[language]


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("naïve ğ", "cp1254", "iso-8859-9"),
        ("Ýmir Þórsson", "cp1252", "iso-8859-1"),
        ("čau", "iso8859-2", "iso-8859-2"),
        (TEXTS["ja"], "euc_jp", "x-euc-jp"),
        (TEXTS["ko"], "cp949", "ks_c_5601-1987"),
        (TEXTS["zh"], "gb18030", "gb2312"),
        (TEXTS["ja"], "iso2022_jp", "iso-2022-jp"),
        (TEXTS["zh"], "hz", "hz-gb-2312"),
        ("Tak zvaný „kůň“", "utf-7", "utf-7"),
        (TEXTS["hr"], "mac-croatian", "mac-croatian"),
        ("Erdoğan", "utf-8", "iso-8859-9"),
    ],
)
def test_declaration_is_believed(text: str, encoding: str, declared: str) -> None:
    assert decode(text.encode(encoding), declared=declared) == text


def test_declaration_outlives_a_few_bad_bytes() -> None:
    data = TEXTS["ja"].encode("cp932") * 5 + b"\x81\n"
    assert detect(data, declared="shift_jis") == Detection("cp932")


@pytest.mark.parametrize(
    ("data", "declared", "is_guessed"),
    [
        (b"plain", None, False),
        (TEXTS["tr"].encode(), None, False),
        (TEXTS["tr"].encode("utf-16-le"), None, False),
        (TEXTS["tr"].encode("cp1254"), "iso-8859-9", False),
        (TEXTS["tr"].encode("cp1254"), None, True),
        (TEXTS["tr"].encode("cp1254"), "iso-8859-1", True),
        ("it’s".encode("cp1252"), None, True),
    ],
)
def test_guess_is_told_from_knowledge(data: bytes, declared: str | None, is_guessed: bool) -> None:
    assert decode_with_encoding(data, declared=declared).is_guessed is is_guessed


@pytest.mark.parametrize("cut", [1, 2])
def test_text_that_is_cut_inside_a_character_is_utf8(cut: int) -> None:
    assert detect("Ça va, le garçon – oui ’".encode()[:-cut]).encoding == "utf-8"


def test_a_letter_at_the_end_is_no_proof_of_utf8() -> None:
    assert detect("Il est né à un café".encode("cp1252")).encoding != "utf-8"
    assert detect("un café".encode("cp1252")).encoding != "utf-8"
