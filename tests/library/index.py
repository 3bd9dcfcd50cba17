#!/usr/bin/python3
"""Makes scenarios/library/README.md, the index of the scenario library, in the order of order.txt.

  index.py          writes it
  index.py --check  fails when the committed file is another
"""

import argparse
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "conformance"))
import listing  # noqa: E402

LIBRARY = ROOT / "scenarios" / "library"
INDEX = LIBRARY / "README.md"
HEAD = """# The scenario library

<!-- Made by `./dev index` from the files; edit those, and order.txt. -->

Every program here runs by its name: `loopscope lifecycle` opens the viewer on the first, `loopscope run lifecycle` runs
it without one. The order is one to learn in. *lesson*: a guided tour with questions; *world*: peers or signals act on
the program from outside, so that its listing needs the project's harness on CPython.
"""


def chapters(text):
    """[(title, [name, ...]), ...]; the first comment says what the file is."""
    found = []
    for line in text.splitlines()[1:]:
        if line.startswith("# "):
            found.append((line[2:], []))
        elif line.strip():
            found[-1][1].append(line.strip())
    return found


def first_sentence(about):
    paragraph = " ".join(about.split("\n\n")[0].split())
    match = re.match(r".+?[.!?]\*{0,2}(?=\s|$)", paragraph)
    return match.group(0) if match else paragraph.rstrip(":") + "."


def marks(scenario):
    loop = scenario.get("loop", {})
    found = [f"`{loop['model']}` model"] if loop.get("model", "asyncio") != "asyncio" else []
    found += ["real clock"] if loop.get("clock") == "real" else []
    found += ["debug mode"] if loop.get("debug") else []
    found += ["world"] if scenario.get("world") else []
    return found + ([f"lesson ({len(scenario['lesson'])} steps)"] if scenario.get("lesson") else [])


def row(name):
    scenario = listing.load(LIBRARY / f"{name}.json")
    cells = [f"[{name}]({name}.json)", f"**{scenario['title']}**<br>{first_sentence(scenario['about'])}",
             ", ".join(scenario["tags"]), ", ".join(marks(scenario))]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def index():
    order = chapters((LIBRARY / "order.txt").read_text(encoding="utf-8"))
    files = {path.stem for path in LIBRARY.glob("*.json")}
    named = [name for _, names in order for name in names]
    if twice := sorted({name for name in named if named.count(name) > 1}):
        sys.exit(f"order.txt names {', '.join(twice)} more than once")
    if missing := sorted(files.symmetric_difference(named)):
        sys.exit(f"order.txt and the files differ in {', '.join(missing)}: every file has one place in order.txt")
    text = HEAD
    for title, names in order:
        text += f"\n## {title}\n\n| scenario | what it shows | tags | |\n| --- | --- | --- | --- |\n"
        text += "".join(row(name) + "\n" for name in names)
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    text = index()
    if not parser.parse_args().check:
        INDEX.write_text(text, encoding="utf-8")
    elif not INDEX.exists() or INDEX.read_text(encoding="utf-8") != text:
        sys.exit("scenarios/library/README.md is not what its files say: run ./dev index")


if __name__ == "__main__":
    main()
