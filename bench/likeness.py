"""How well alike questions are put together. `python -m bench.likeness`.

The first eight questions of each known gap, and of what is out of scope, are grouped as those at
`/manage/asked` are; a pair belongs together where its topic is the same.
"""

from __future__ import annotations

import numpy as np

from bot.asked import groups
from bot.settings import Settings
from knowledge.encoder import Encoder
from knowledge.library import Library
from knowledge.questions import Questions

OF_A_TOPIC = 8
TRIED = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75)


def main() -> None:
    read = Questions.read(Library.read())
    topics = [*read.gaps.values(), *read.out_of_scope.values()]
    asked = [
        (number, question)
        for number, topic in enumerate(topics)
        for question in topic.questions[:OF_A_TOPIC]
    ]
    vectors = Encoder.open(Settings.read().models_dir).retrieval([q for _, q in asked])
    belongs = same(np.array([number for number, _ in asked]))
    for groups.APART in TRIED:
        labels = groups.together(vectors)
        found = same(labels)
        precision = (found & belongs).sum() / found.sum()
        recall = (found & belongs).sum() / belongs.sum()
        score = 1.25 * precision * recall / (0.25 * precision + recall)
        print(
            f"{groups.APART:.2f}: {labels.max() + 1} groups, precision {precision:.3f},"
            f" recall {recall:.3f}, F0.5 {score:.3f}"
        )


def same(
    labels: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For each pair of questions whether both have one label."""
    pairs = np.triu_indices(len(labels), 1)
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = labels[pairs[0]] == labels[pairs[1]]
    return found


if __name__ == "__main__":
    main()
