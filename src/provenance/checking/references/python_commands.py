"""Commands that Python runs: lists of words, and strings given to a shell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from textwrap import dedent

from provenance.checking.references.python_bindings import FileNames, NameScope
from provenance.checking.references.python_calls import tail
from provenance.checking.references.python_joined import pieces
from provenance.checking.references.python_possible import Text
from provenance.checking.references.python_values import Resolver
from provenance.checking.references.rules import Rules
from provenance.checking.references.shell import find_in_command, find_in_shell
from provenance.checking.references.shell_text import Token
from provenance.checking.references.sites import JSON, PYTHON, Gathered, Inner, Run
from provenance.report.checked import ScanNote

_SHELLS = frozenset(
    {
        "system", "popen", "Popen", "run", "call", "check_call", "check_output", "getoutput",
        "getstatusoutput", "run_commands", "create_subprocess_shell", "sh", "run_command",
        "execute", "execute_cmd",
    }
)  # fmt: skip
_WRITES = frozenset({"write_text", "write"})
"""Calls that write a text to a file: a script or a job, where it has commands."""
_WORDS = frozenset({"run", "Popen", "call", "check_call", "run_always", "main", "run_commands"})
"""Calls that take a command in words."""
_TAKES = _SHELLS | _WRITES | _WORDS | {"append"}
_UNKNOWN = "$_"
"""Stands in a command for what is known at run time only."""


def find_in_commands(names: FileNames, path: str, rules: Rules, resolver: Resolver) -> Gathered:
    """References in the commands of a file."""
    gathered = _programs(names, path, resolver)
    gathered.runs += _run(names, path)
    gathered.extend(_scripts(names, path, rules, resolver))
    gathered.inner += _configs(names, resolver)
    for words, scope in names.commands:
        tokens = list(_tokens(words, scope, resolver))
        gathered.extend(find_in_command(tokens, path, rules))
    for call, scope in names.calls:
        if tail(call.func) in _TAKES or any(k.arg == "model_args" for k in call.keywords):
            gathered.extend(_of_call(call, scope, path, rules, resolver))
    return gathered


def _of_call(
    call: ast.Call, scope: NameScope, path: str, rules: Rules, resolver: Resolver
) -> Gathered:
    """References in the commands that one call is given."""
    gathered = Gathered()
    if tail(call.func) in _WORDS and len(call.args) > 2:
        tokens = list(_tokens(ast.List(call.args), scope, resolver))
        if any(t.text.startswith("-") for t in tokens):
            gathered.extend(find_in_command(tokens, path, rules))
    if tail(call.func) == "append" and len(call.args) == 1:
        (word,) = _tokens(ast.List(call.args), scope, resolver)
        if word.text.startswith("--") and "=" in word.text:
            gathered.extend(find_in_command([word], path, rules))
    if tail(call.func) in _SHELLS | _WRITES:
        for argument in call.args:
            gathered.extend(_of_text(argument, scope, path, rules, resolver))
    for keyword in call.keywords:
        if keyword.arg == "model_args":
            part = Token("--model_args", call.lineno, 1)
            tokens = [part, *_tokens(ast.List([keyword.value]), scope, resolver)]
            gathered.extend(find_in_command(tokens, path, rules))
    return gathered


def _of_text(
    argument: ast.expr, scope: NameScope, path: str, rules: Rules, resolver: Resolver
) -> Gathered:
    """References in a command that is one string."""
    node, where = resolver.written(_unsplit(argument), scope)
    if node is None or not (isinstance(node, ast.Constant) or pieces(node)):
        return Gathered()
    text = "".join(_pieces(node, where, resolver))
    if " " not in text.strip() or text.startswith("#!"):
        return Gathered()
    return _of_script(node, text, where, path, rules, resolver)


def _unsplit(node: ast.expr) -> ast.expr:
    """The text that is taken apart or compiled: ``shlex.split(text)``, ``compile(text, …)``."""
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="shlex"), attr="split")
            | ast.Name(id="compile" | "dedent")
            | ast.Attribute(value=ast.Name(id="textwrap"), attr="dedent"),
            args=[text, *_],
        ):
            return text
        case ast.Call(func=ast.Attribute(value=text, attr="split"), args=[]):
            return text
    return node


def _of_script(
    node: ast.expr, text: str, scope: NameScope, path: str, rules: Rules, resolver: Resolver
) -> Gathered:
    """References in commands; those of names stand where the names are set."""
    gathered = find_in_shell(text, path, rules, node.lineno).until(_last(node))
    places = dict(_set_elsewhere(node, scope, resolver))
    gathered.references = [
        replace(r, line=places[r.id].line, column=places[r.id].column + 1) if r.id in places else r
        for r in gathered.references
    ]
    return gathered


def _set_elsewhere(
    node: ast.expr, scope: NameScope, resolver: Resolver
) -> Iterator[tuple[str, Text]]:
    """Strings that a command is put together from, by what they are, with their places."""
    for piece in pieces(node) or ():
        if isinstance(piece, ast.Name | ast.Attribute):
            texts = [v for v in resolver.values(piece, scope) if isinstance(v, Text)]
            if len(texts) == 1 and texts[0].file is None:
                yield texts[0].value, texts[0]
        elif not isinstance(piece, ast.Constant):
            yield from _set_elsewhere(piece, scope, resolver)


def _programs(names: FileNames, path: str, resolver: Resolver) -> Gathered:
    """Python that is held in a string: of ``exec``, and after ``-c`` in a list of words."""
    gathered = Gathered()
    for call, scope in names.calls if names.tails & {"exec", "eval"} else ():
        if not isinstance(call.func, ast.Name) or call.func.id not in {"exec", "eval"}:
            continue
        node, where = (
            resolver.written(_unsplit(call.args[0]), scope) if call.args else (None, scope)
        )
        if isinstance(node, ast.Constant | ast.JoinedStr):
            gathered.inner.append(_inner(node, "".join(_pieces(node, where, resolver))))
        elif call.func.id == "exec":
            message = "the code that it runs is known at run time only"
            gathered.notes.append(ScanNote(path, call.lineno, call.col_offset + 1, "exec", message))
    for words, scope in names.commands:
        for word, code in pairwise(words.elts):
            if isinstance(word, ast.Constant) and word.value == "-c":
                node, where = resolver.written(code, scope)
                if isinstance(node, ast.Constant | ast.JoinedStr):
                    gathered.inner.append(_inner(node, "".join(_pieces(node, where, resolver))))
    return gathered


def _run(names: FileNames, path: str) -> Iterator[Run]:
    """Files whose text is run: ``exec(open("x.txt").read())``, ``runpy.run_path("x")``."""
    for call, _ in names.calls if names.tails & _RUNS else ():
        if tail(call.func) in _RUNS and call.args:
            texts = (n.value for n in ast.walk(call.args[0]) if isinstance(n, ast.Constant))
            words = tuple(text for text in texts if isinstance(text, str))
            if words:
                yield Run(path, words, "python")


_RUNS = frozenset({"exec", "execfile", "run_path"})


def _scripts(names: FileNames, path: str, rules: Rules, resolver: Resolver) -> Gathered:
    """Strings that are whole scripts."""
    gathered = Gathered()
    for node, scope in names.scripts:
        text = "".join(_pieces(node, scope, resolver))
        if text.startswith("#!") and "python" in text.split("\n", 1)[0]:
            gathered.inner.append(_inner(node, text))
        else:
            gathered.extend(_of_script(node, text, scope, path, rules, resolver))
    return gathered


_ENTRY = re.compile(
    r"[ \t]{0,60}(?:- )?[\w.-]{1,60}[ \t]{0,9}[:=](?:[ \t]|$)|[ \t]{0,60}- |[ \t]{0,9}#"
    r"|\[[\w.]{1,60}\]$"
)
_MOSTLY = 0.7
"""The share of lines that must be entries: prose has colons too."""


def _configs(names: FileNames, resolver: Resolver) -> Iterator[Inner]:
    """Strings that are configurations: YAML, TOML or JSON."""
    for node, scope in names.configs:
        text = "".join(_pieces(node, scope, resolver))
        if text.lstrip().startswith("{") and '"' in text:
            yield Inner(JSON, text, node.lineno, _last(node))
            continue
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) == 1:  # its reader says what it is
            name = "-.toml" if "=" in text.partition(":")[0] else "-.yaml"
            yield Inner(name, text.strip(), node.lineno, _last(node))
            continue
        entries = sum(_ENTRY.match(line) is not None for line in lines)
        if entries > 1 and entries >= _MOSTLY * len(lines):
            is_toml = any(line.startswith("[") for line in lines)
            name = "-.toml" if is_toml else "-.yaml"
            yield Inner(name, dedent(text), node.lineno, _last(node))


def _inner(node: ast.expr, text: str) -> Inner:
    return Inner(PYTHON, dedent(text), node.lineno, _last(node))


def _last(node: ast.expr) -> int:
    return node.end_lineno or node.lineno


def _tokens(words: ast.List | ast.Tuple, scope: NameScope, resolver: Resolver) -> Iterator[Token]:
    for word in words.elts:
        texts = [v for v in resolver.values(word, scope) if isinstance(v, Text)]
        if len(texts) == 1 and texts[0].file is None:
            yield Token(texts[0].value, texts[0].line, texts[0].column + 1)
        else:
            yield Token("".join(_pieces(word, scope, resolver)), word.lineno, word.col_offset + 1)


def _pieces(node: ast.expr, scope: NameScope, resolver: Resolver) -> Iterator[str]:
    """The text of a string, with what is not known in it marked."""
    for part in _flat(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
            continue
        texts = [v for v in resolver.values(part, scope) if isinstance(v, Text)]
        yield texts[0].value if len(texts) == 1 else _UNKNOWN


def _flat(node: ast.expr) -> Iterator[ast.expr]:
    """The pieces of a string that are no strings put together themselves."""
    parts = pieces(node)
    if parts is None:
        yield node
        return
    for part in parts:
        if isinstance(part, ast.Constant) and not isinstance(part.value, str):
            continue
        yield from _flat(part) if isinstance(part, ast.JoinedStr | ast.BinOp) else (part,)
