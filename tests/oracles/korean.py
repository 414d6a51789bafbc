"""Korean words from words between spaces, the plain way.

Source: as for udfs/src/main/scala/org/decantry/text/KoreanTokenizer.scala.
"""

from __future__ import annotations

import re

_PARTICLES = """
은 는 이 가 을 를 의 에 에서 에게 께 로 으로 와 과 도 만 부터 까지 보다 처럼 이나 나 라도 조차 마저 하고 며 이며 고 다
지 면 여 게 들 에는 에도 으로서 으로써 에서는 에게서 이라는 라는 이라고 라고 던 서
"""
_RUN = re.compile("[가-힣]+|[^가-힣]+")
_PARTICLE = re.compile(f"(?:{'|'.join(sorted(_PARTICLES.split(), key=len, reverse=True))})$")


def words(between_spaces: list[str]) -> list[str]:
    """The words, cut between Hangul and other characters, and before the longest particle at the end."""
    return [part for word in between_spaces for run in _RUN.findall(word) for part in _parts(run)]


def _parts(run: str) -> list[str]:
    found = _PARTICLE.search(run)
    return [run[: found.start()], found[0]] if found and found.start() > 0 else [run]
