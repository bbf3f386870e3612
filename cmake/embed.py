#!/usr/bin/env python3
"""Writes files as string constants of a C++ source; a .yaml file becomes compact JSON first."""

import json
import pathlib
import sys

PIECE = 8000  # characters: compilers need not take longer literals
DELIMITER = "oq_text"


def text_of(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".yaml":
        return text
    import yaml  # only here, so that the rest needs nothing but Python
    return json.dumps(yaml.safe_load(text), ensure_ascii=False)


def literal(text):
    pieces = [text[i:i + PIECE] for i in range(0, len(text), PIECE)] or [""]
    return "\n  ".join(f'R"{DELIMITER}({piece}){DELIMITER}"' for piece in pieces)


def main():
    output, header, namespace, *files = sys.argv[1:]
    lines = ["// Made by cmake/embed.py.", f'#include "{header}"', "", f"namespace {namespace} {{", ""]
    for entry in files:
        name, path = entry.split("=", 1)
        text = text_of(pathlib.Path(path))
        if f"){DELIMITER}" in text:
            sys.exit(f"{path} holds the delimiter of the literal")
        lines += [f"const std::string_view {name}{{{literal(text)}, {len(text.encode())}}};", ""]
    lines += [f"}} // namespace {namespace}", ""]
    pathlib.Path(output).write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
