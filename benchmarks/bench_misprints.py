"""Plant misreadings in issues and count for a row of thresholds what is found, and what is alarm.

    python -m benchmarks.bench_misprints FOLDER… [--rounds 4] [--look-alikes FILE] [--json]

FOLDERs are issue folders, or folders of them. Each issue is read as it is, and with up to 25
misreadings of a kind in it, each in a paragraph of its own; FILE has groups of look-alikes, a group
a word (without it tools/planted_look_alikes.txt, on which the weights were fitted). A misreading is
found if a suspect stands at its place, and read right if the suspect gives the text back. Alarms
are suspects in the issue as it is, some of them right; they are counted for 100,000 ideographs. The
first row has all that is shown (the noisy channel asks more of some kinds); the CPU time is with
loading the model.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.archive import issue_folders
from generator.language.noisy_channel import Suspect, suspects
from generator.stages.check.misreadings import texts_of
from generator.stages.pipeline import convert
from tools.channel_weights import IDEOGRAPH, KINDS, PLANTED, look_alike_groups, planted_in

THRESHOLDS = (0.5, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99)


def corrected(texts: Sequence[str], one: Suspect) -> str:
    """Give the text of a suspect with its reading put in."""
    text = texts[one.text]
    return text[: one.start] + one.reading + text[one.end :]


def measure(folders: Iterable[Path], rounds: int, groups: dict[str, str]) -> dict[str, object]:
    """Count what is found, by kind and threshold."""
    planted: Counter[str] = Counter()
    found: Counter[tuple[str, float]] = Counter()
    right: Counter[tuple[str, float]] = Counter()
    alarms: Counter[float] = Counter()
    ideographs, seconds = 0, 0.0
    for folder in folders:
        texts = [text.text for text in texts_of(convert(folder))]
        ideographs += sum(len(IDEOGRAPH.findall(text)) for text in texts)
        start = time.process_time()
        clean = suspects(texts)
        seconds += time.process_time() - start
        for threshold in THRESHOLDS:
            alarms[threshold] += sum(one.confidence > threshold for one in clean)
        known = {(one.text, corrected(texts, one)) for one in clean}
        for turn in range(rounds):
            for kind in KINDS:
                chance = random.Random(f"{folder.name} bench {turn} {kind}")
                damage = planted_in(texts, kind, chance, groups)
                damaged = [damage.get(n, text) for n, text in enumerate(texts)]
                planted[kind] += len(damage)
                news = [
                    (one, corrected(damaged, one))
                    for one in suspects(damaged)
                    if one.text in damage and (one.text, corrected(damaged, one)) not in known
                ]
                for threshold in THRESHOLDS:
                    sure = [(one, text) for one, text in news if one.confidence > threshold]
                    found[kind, threshold] += len({one.text for one, _ in sure})
                    right[kind, threshold] += sum(text == texts[one.text] for one, text in sure)
    return {
        "ideographs": ideographs,
        "seconds for 100,000": round(seconds * 100_000 / max(ideographs, 1), 2),
        "planted": dict(planted),
        "thresholds": [
            {
                "threshold": threshold,
                "alarms for 100,000": round(alarms[threshold] * 100_000 / max(ideographs, 1), 1),
                **{kind: [found[kind, threshold], right[kind, threshold]] for kind in KINDS},
            }
            for threshold in THRESHOLDS
        ],
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--look-alikes", type=Path, default=PLANTED)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    groups = look_alike_groups(options.look_alikes)
    figures = measure(issue_folders(options.folders), options.rounds, groups)
    out = sys.stdout
    if options.json:
        out.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
        return
    out.write(
        f"{figures['ideographs']} ideographs, {figures['seconds for 100,000']} CPU s for 100,000; "
    )
    out.write(f"planted {figures['planted']}\n")
    out.write("| threshold | alarms | " + " | ".join(f"{k}: found, right" for k in KINDS) + " |\n")
    rows = figures["thresholds"]
    for row in rows if isinstance(rows, list) else []:
        cells = [f"{row[kind][0]}, {row[kind][1]}" for kind in KINDS]
        out.write(f"| {row['threshold']} | {row['alarms for 100,000']} | {' | '.join(cells)} |\n")


if __name__ == "__main__":
    main()
