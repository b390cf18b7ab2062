"""Writes the Swift declarations of the operators, as the reference prints them.

Tools/generate-reference runs this. The declarations are taken from Sources/Operators and written
to standard output as a Swift file. Parameters that every function has (name, fileID and line) are
left out, and so are the forms of symbols that take a number.
"""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ROOT / "Sources/Operators"

WIRE_NAME = re.compile(r"public struct \w+: [\w, ]+\{\s+public static let name = \"(\w+)\"")
DECLARATION = re.compile(
    r"^(?P<indent>(?:  )?)(?P<attributes>(?:@.*\n +)*)"
    r"public (?P<text>(?:static |prefix )*func (?P<name>[^\s(<]+)[^{]*?) \{$",
    re.MULTILINE)
EXTENSION = re.compile(r"^extension (\w+) \{$", re.MULTILINE)
COMMON = re.compile(r"(, )?(name: String\? = nil|fileID: String = #fileID|line: Int = #line)")

HEAD = """\
// Made by Tools/generate-reference from the sources of the operators.
// swift-format-ignore-file

/// What Swift programs call of each operator.
///
/// A line `# Kind` stands before the operators of a folder; `Name: declaration` says what the file
/// of the operator declares, and `name(): declaration` what another file declares of that name.
let swiftDeclarationText = \"\"\"
"""


def declarations(text):
    """The names and texts of what a file declares for users, those of methods with their type."""
    extensions = [(match.start(), match.group(1)) for match in EXTENSION.finditer(text)]
    for match in DECLARATION.finditer(text):
        declaration = re.sub(r"\s+", " ", match.group("text"))
        declaration = re.sub(r"\( ", "(", COMMON.sub("", declaration)).replace(" )", ")")
        if "unavailable" in match.group("attributes") or "origin: Origin)" in declaration:
            continue
        if match.group("indent"):
            # What stands in a structure is not called by users, nor what needs an Origin.
            before = [name for start, name in extensions if start < match.start()]
            closed = text.rfind("\n}", 0, match.start())
            if not before or closed > max(s for s, _ in extensions if s < match.start()):
                continue
            if before[-1] not in ("Graph", "Value"):
                continue
            # A number may stand in for either value.
            if "Double" in declaration and "static" in declaration:
                continue
            declaration = f"extension {before[-1]} {{ {declaration} }}"
        yield match.group("name"), declaration


def main():
    lines = []
    kinds = {}
    for path in sorted(SOURCES.rglob("*.swift")):
        kinds.setdefault(path.relative_to(SOURCES).parts[0], []).append(path)
    for kind, paths in sorted(kinds.items()):
        entries = []
        for path in paths:
            text = path.read_text()
            wire_name = WIRE_NAME.search(text)
            found = list(declarations(text))
            if wire_name and not found:
                entries.append(f"{wire_name.group(1)}:")
            for name, declaration in found:
                key = wire_name.group(1) if wire_name else f"{name}()"
                entries.append(f"{key}: {declaration}")
        if entries:
            lines += [f"# {kind}"] + entries
    print(HEAD + "\n".join("  " + line for line in lines).replace("\\", "\\\\") + '\n  """')


if __name__ == "__main__":
    main()
