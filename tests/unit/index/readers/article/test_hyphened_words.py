r"""Words at a line end in languages full of hyphens: those divided there are joined, those with a hyphen are kept.

In the tables "|" stands for the end of a line behind a hyphen.
"""

import pytest

from index.readers.article.divided_words import join_divided_words
from index.readers.tables import parse_table

_DIVIDED = {
    "fr": (
        "com|mandes quel|conque gouver|nement mil|lions négo|ciations entre|prise sécu|rité minis|tère pro|gramme "
        "mi|nistre sur|veillance condam|nation trans|port atten|tat prési|dent élec|tions mer|credi habi|tants "
        "rap|port com|merce fonc|tionnaires ju|gement per|sonnes voi|là chan|tier popu|lation bal|lon ba|teaux "
        "ingé|nieur coopé|rative bud|get cha|leur ex|pert re|cherche compa|gnie musi|que an|nées pê|cheurs"
    ),
    "pt": (
        "elei|ções ca|minhões desen|volvimento minis|tério empre|sas gover|nador segu|rança popu|lação gran|des "
        "cida|de traba|lhadores ri|queza carac|terística par|te noi|te tes|te gover|no pla|no mode|lo es|cola "
        "pa|íses ofici|al me|lhor pre|feitura ca|minho trans|porte inqué|rito con|trato sema|na co|meçou "
        "bra|sileiros jus|tiça"
    ),
    "ca": (
        "escor|ça ha|via gover|nament ajun|tament pobla|ció muni|cipi escrip|tor se|gons perso|nes tre|balladors "
        "mi|nistre inde|pendència univer|sitat econò|mica pro|jecte par|lament cam|panya gràci|es soci|etat "
        "feb|rer com|panyia pes|cadors ade|quat esco|la taula|da pres|supost"
    ),
    "ro": (
        "gu|vernul pre|ședintele mi|nistrul popu|lație dez|voltare ale|geri par|te poa|te bi|ne ce|le peri|oadă "
        "acti|vitate secu|ritate lu|crări con|tract ora|șul par|lament septem|brie spi|talul pro|gram nego|cieri"
    ),
    "ru": (
        "заво|дом тро|нут прави|тельство госу|дарство мини|стерство насе|ление пред|приятие выбо|ров ма|шина "
        "собы|тия исто|рия после|дний по|следний по|году сей|час это|го ре|ка горо|де гла|за топ|ливо фото|граф "
        "крем|лёвский рес|публика боль|ница вой|на ма|йор объек|ты компа|ния из|менение три|дцать обла|сти "
        "рабо|чих научно|го железнодорож|ный экс|перт бело|русский"
    ),
    "uk": (
        "Вантаж|ники повер|нуться міль|йонів прав|ління насе|лення дер|жава мініс|терство вибо|рів підпри|ємство "
        "поді|ями воєн|ний істо|рія укра|їнський прос|то міс|то бага|то облас|ті компа|нія лікар|ня видав|ництво "
        "кора|бель керів|ник"
    ),
    "be": ("ура|давы насель|ніцтва кам|паніі праду|кцыя пра|ект рэс|публіка"),
    "bg": (
        "прави|телство минис|тър насе|ление дър|жава избо|рите пред|приятие помощ|ник по|вече по|лиция включител|но"
    ),
}
_OWN = {
    "fr": (
        "peut|être porte|parole est|il disait|elle avez|vous celui|ci celle|là lui|même vice|président ex|ministre "
        "anti|terroriste sous|marin mi|juillet nord|ouest sud|est après|midi rendez|vous franco|allemand "
        "vingt|deux quatre|vingts dix|sept grand|mère beau|frère belle|mère demi|finale non|violence chef|lieu "
        "mot|clé arrière|plan contre|attaque avant|garde haut|parleur bas|relief prenez|les week|end compte|rendu "
        "centre|ville social|démocrate nouveau|né bien|être court|métrage garde|côtes gratte|ciel pro|russe "
        "libre|échange semi|remorque timbre|poste"
    ),
    "pt": (
        "disse|lhe tornou|se fazê|lo vê|las deram|no põe|na segunda|feira sexta|feira vice|presidente ex|ministro "
        "primeiro|ministro guarda|chuva pós|guerra pré|história bem|vindo recém|nascido norte|americano "
        "sul|africano luso|brasileiro secretário|geral palavra|chave meio|dia porta|voz matéria|prima obra|prima "
        "anti|aéreo centro|oeste além|mar contra|ataque arco|íris terça|feira encontram|se nomeá|los explicá|lo "
        "chamar|nos"
    ),
    "ca": (
        "fer|ho portar|los donar|li anar|hi vint|dos trenta|cinc vice|president ex|ministre nord|americà sud|est "
        "cara|vermell guarda|roba dos|cents quaranta|tres reunint|se adéu|siau comprant|ne sots|director "
        "penya|segat"
    ),
    "ro": (
        "într|un dintr|una să|mi dă|le făcându|se uitați|vă vice|președinte ex|ministru prim|ministru nord|vest "
        "așa|zis anti|aerian social|democrat și|au le|ar site|ul bine|cunoscut contactaţi|ne sud|est"
    ),
    "ru": (
        "кто|то какой|либо когда|нибудь из|за из|под все|таки по|русски по|моему по|прежнему по|другому "
        "физико|математический северо|запад юго|восточный научно|технический военно|морской "
        "социально|экономических вице|премьер экс|президент пресс|служба бизнес|план интернет|магазин "
        "генерал|майор премьер|министр темно|синий черно|белый англо|русский во|первых санкт|петербург "
        "онлайн|продажи шеф|повар еле|еле кое|где веб|страница рок|группа мастер|класс ну|ка северо|восточного"
    ),
    "uk": (
        "хто|небудь будь|який будь|хто із|за все|таки по|перше по|українськи північно|східний науково|технічний "
        "військово|морський віце|прем'єр екс|президент прес|служба бізнес|план інтернет|магазин генерал|майор "
        "соціально|економічний жовто|блакитний темно|синій фізико|математичний інженерно|технічний онлайн|продажі"
    ),
    "be": ("хто|небудзь усё|такі віцэ|прэзідэнт прэс|служба паўночна|заходняга сацыяльна|эканамічны па|беларуску"),
    "bg": ("по|голям най|добрия вице|президент прес|служба министър|председател северо|запад научно|технически"),
}


def _pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, pair) for language, words in table.items() for pair in words.split()]


@pytest.mark.parametrize(("language", "pair"), _pairs(_DIVIDED))
def test_divided_word_is_joined(language: str, pair: str) -> None:
    first, second = pair.split("|")
    assert join_divided_words(f"Abcd {first}-\n{second} efgh", language) == f"Abcd {first}{second}\nefgh"


@pytest.mark.parametrize(("language", "pair"), _pairs(_OWN))
def test_word_with_a_hyphen_is_kept(language: str, pair: str) -> None:
    text = "Abcd " + pair.replace("|", "-\n") + " efgh"
    assert join_divided_words(text, language) == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jean-\nPierre parle", "fr"),
        ("les Etats-\nUnis", "fr"),
        ("LE PARIS-\nMARSEILLE EST EN RETARD", "fr"),
        ("Санкт-\nПетербург", "ru"),
        ("a intel·-\nligent", "ca"),
        ("disse-\n-lhe", "pt"),
        ("le vis-à-\nvis", "fr"),
        ("un lave-\nvolet dit l'un. Le volet bat", "fr"),
        ("le député-\ntribun, un député connu", "fr"),
        ("le capi-\ntole et le capi-tole", "fr"),
        ("kто-\nто", "ru"),
    ],
)
def test_a_capital_a_stranger_or_a_word_of_the_article_keeps_the_hyphen(text: str, language: str) -> None:
    assert join_divided_words(text, language) == text


@pytest.mark.parametrize(
    ("text", "joined", "language"),
    [
        ("un portefeuille, ce porte-\nfeuille", "un portefeuille, ce portefeuille\n", "fr"),
        ("le quel est quel-\nconque", "le quel est quelconque\n", "fr"),
        ("un particulier parle particulière-\nment", "un particulier parle particulièrement\n", "fr"),
        ("город, город-\nской", "город, городской\n", "ru"),
        ("a pequena ocorrên-\ncia", "a pequena ocorrência\n", "pt"),
    ],
)
def test_words_of_the_article_and_known_ends_join(text: str, joined: str, language: str) -> None:
    assert join_divided_words(f"{text} x", language) == f"{joined}x"


def test_the_pieces_of_a_divided_word_are_no_words_of_the_article() -> None:
    assert join_divided_words("univer-\nsitaire. Un gouver-\nnement", "fr") == "universitaire.\nUn gouvernement"


def test_no_word_stands_twice_in_a_row_of_the_table() -> None:
    rows = parse_table("index.readers.article", "hyphens")
    twice = [
        (row["language"], row["use"])
        for row in rows
        if "" in (words := row["words"].split("|")) or len(set(words)) < len(words)
    ]
    assert twice == []
    keys = [(row["language"], row["use"]) for row in rows]
    assert len(set(keys)) == len(keys)
