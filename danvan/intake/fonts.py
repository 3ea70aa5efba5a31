"""Old fonts: Vietnamese typed in TCVN3 (ABC) or VNI, whose letters are other letters in Unicode.

A text is converted only when it makes no sense as it stands and all of it makes sense after.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product

WORD = re.compile(r"[^\s\d.,;:!?()\[\]{}\"“”‘’'/%+*=<>–—-]+")
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
STOPPED = {"", "\u0301", "\u0323"}
ONSETS = ("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x").split()
RHYMES = (
    "a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu "
    "ây e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt "
    "iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm "
    "oăn oăng oăt oe oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi "
    "ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uô uôc uôi uôm uôn "
    "uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu uyp ư ưa ưc ưi ưng ươc ươi ươm "
    "ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ym yn ynh"
).split()

TCVN3 = dict(
    zip(
        "µ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËÌÎÏÐÑªÒÓÔÕÖ×ØÜÝÞßáâãä«åæçèé¬êëìíîïñòóô\xadõö÷øùúûüýþ®¡¢£¤¥¦§",
        "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđĂÂÊÔƠƯĐ",
        strict=True,
    )
)
VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
VNI_MARKED = {
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
VNI_ALONE = {
    "ñ": "đ",
    "ô": "ơ",
    "ö": "ư",
    "æ": "ỉ",
    "ó": "ĩ",
    "ò": "ị",
    "î": "ỵ",
    "í": "í",
    "ì": "ì",
}


@cache
def _syllables() -> frozenset[str]:
    """Every onset with every rhyme, without tones."""
    return frozenset(o + r for o, r in product(("", *ONSETS), RHYMES))


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable, with its tone."""
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in letters if mark in TONES]
    base = unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in TONES))
    stopped = base.endswith(("c", "ch", "p", "t"))
    fits = not stopped or "".join(tones) in STOPPED
    return len(tones) < 2 and fits and (base in _syllables() or base in ("gi", "gin", "giêng"))


@lru_cache(maxsize=50_000)
def unicode_text(text: str) -> str | None:
    """The text in Unicode when it was typed in TCVN3 or VNI; None when it is fine as it is."""
    if text.isascii():
        return None
    words = WORD.findall(unicodedata.normalize("NFC", text).replace("Ð", "Đ").replace("ð", "đ"))
    strange = [word for word in words if not word.isascii() and not is_syllable(word)]
    if not strange:
        return None
    best: tuple[int, str] | None = None
    for convert in (_from_tcvn3, _from_vni):
        changed = [(word, convert(word)) for word in WORD.findall(text) if not word.isascii()]
        sensible = [new for old, new in changed if is_syllable(new)]
        if len(sensible) == len(changed) and (best is None or len(sensible) > best[0]):
            best = (len(sensible), convert(text))
    return best[1] if best else None


def _from_tcvn3(text: str) -> str:
    return WORD.sub(lambda found: _tcvn3_word(found[0]), text)


def _tcvn3_word(word: str) -> str:
    """Capitals were the small letters in a font of capitals."""
    new = "".join(TCVN3.get(letter, letter) for letter in word)
    capitals = [letter.isupper() for letter in word if letter.isascii() and letter.isalpha()]
    return new.upper() if len(capitals) > 1 and all(capitals) else new


def _from_vni(text: str) -> str:
    new: list[str] = []
    for letter in text:
        small = letter.lower()
        before = new[-1][-1:].lower() if new else ""
        if small in VNI_MARKED and before in ("a", "e", "o"):
            new.append(VNI_MARKED[small])
        elif small in VNI_TONES and before in tuple("aeouyơư"):
            new.append(VNI_TONES[small])
        elif small in VNI_ALONE:
            new.append(VNI_ALONE[small].upper() if letter.isupper() else VNI_ALONE[small])
        else:
            new.append(letter)
    return unicodedata.normalize("NFC", "".join(new))
