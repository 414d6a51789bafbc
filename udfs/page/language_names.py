"""The names of languages: those of lid.176, of OpenLID and of GlotLID, in one form, like `deu_Latn`."""

from __future__ import annotations

_THREE = """
af:afr als:gsw am:amh an:arg ar:arb arz:arz as:asm ast:ast av:ava az:azj azb:azb ba:bak bar:bar bcl:bcl be:bel bg:bul
bh:bho bn:ben bo:bod bpy:bpy br:bre bs:bos bxr:bxr ca:cat cbk:cbk ce:che ceb:ceb ckb:ckb co:cos cs:ces cv:chv cy:cym
da:dan de:deu diq:diq dsb:dsb dty:dty dv:div el:ell eml:eml en:eng eo:epo es:spa et:ekk eu:eus fa:fas fi:fin fr:fra
frr:frr fy:fry ga:gle gd:gla gl:glg gn:gug gom:gom gu:guj gv:glv he:heb hi:hin hif:hif hr:hrv hsb:hsb ht:hat hu:hun
hy:hye ia:ina id:ind ie:ile ilo:ilo io:ido is:isl it:ita ja:jpn jbo:jbo jv:jav ka:kat kk:kaz km:khm kn:kan ko:kor
krc:krc ku:kmr kv:kpv kw:cor ky:kir la:lat lb:ltz lez:lez li:lim lmo:lmo lo:lao lrc:lrc lt:lit lv:lvs mai:mai mg:plt
mhr:mhr min:min mk:mkd ml:mal mn:khk mr:mar mrj:mrj ms:zsm mt:mlt mwl:mwl my:mya myv:myv mzn:mzn nah:nah nap:nap
nds:nds ne:npi new:new nl:nld nn:nno no:nob oc:oci or:ory os:oss pa:pan pam:pam pfl:pfl pl:pol pms:pms pnb:pnb ps:pbt
pt:por qu:quy rm:roh ro:ron ru:rus rue:rue sa:san sah:sah sc:srd scn:scn sco:sco sd:snd sh:hbs si:sin sk:slk sl:slv
so:som sq:als sr:srp su:sun sv:swe sw:swh ta:tam te:tel tg:tgk th:tha tk:tuk tl:fil tr:tur tt:tat tyv:tyv ug:uig
uk:ukr ur:urd uz:uzn vec:vec vep:vep vi:vie vls:vls vo:vol wa:wln war:war wuu:wuu xal:xal xmf:xmf yi:ydd yo:yor
yue:yue zh:cmn
"""
ISO_639_3 = dict(pair.split(":") for pair in _THREE.split())
"""lid.176's labels (ISO 639-1, or the name of a Wikipedia) to the ISO 639-3 code that GlotLID has for the language.

A macrolanguage is its most written member, as in GlotLID v3: `zh` is Mandarin (cmn), `ar` Standard Arabic (arb).
"""

SAME = {
    "zho_Hans": "cmn_Hani",
    "zho_Hant": "cmn_Hani",
    "cmn_Hans": "cmn_Hani",
    "cmn_Hant": "cmn_Hani",
    "yue_Hant": "yue_Hani",
    "pes_Arab": "fas_Arab",
    "est_Latn": "ekk_Latn",
    "grn_Latn": "gug_Latn",
    "tgl_Latn": "fil_Latn",
}
"""Labels of OpenLID and of others that use FLORES-200's codes, for what GlotLID v3 names otherwise. `cmn_Hans` and
`cmn_Hant` are FLORES+'s."""
VERSION = 2
"""Part of the hash of recipes that look up configurations by label. Raise it if a label gets another name."""


def labels_of(name: str) -> list[str]:
    """The other labels that a document of the language `deu_Latn` may have: `de|Latn` (lid.176's label and the script
    of the text), and OpenLID's.

    A bar stands between label and script, because lid.176's `als` is Alemannic, and `als_Latn` is Albanian.
    """
    language, _, script = name.partition("_")
    short = [f"{label}|{script}" for label, three in ISO_639_3.items() if three == language]
    other = [] if language in ISO_639_3 or short else [f"{language}|{script}"]
    return [*short, *other, *(label for label, same in SAME.items() if same == name)]


def full_name(language: str, script: str | None) -> str:
    """`deu_Latn`, from a label of any of the models and the script of the text."""
    if "_" in language:
        return SAME.get(language, language)
    return f"{ISO_639_3.get(language, language)}_{script or 'Zyyy'}"
