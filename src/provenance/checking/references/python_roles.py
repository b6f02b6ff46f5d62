"""What a Python file says of the use of what it names: trainers, and the functions around. Pure."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import replace

from provenance.checking.references.python_bindings import FileNames
from provenance.checking.references.python_calls import tail
from provenance.checking.references.roles import role_of_path, role_of_words, usual_role, words_of
from provenance.checking.references.rules import Rules
from provenance.frozen import frozen
from provenance.report.checked import Reference, ReferenceKind, RoleBasis, UsedFor

_TRAINERS = ("Trainer", "TrainingArguments")


def trains(names: FileNames, rules: Rules) -> bool:
    """Whether a file trains: it calls a trainer."""
    tails = names.tails
    return any(t.lstrip("_") in rules.trainers or t.endswith(_TRAINERS) for t in tails)


@frozen
class Around:
    """A function or class, and its lines."""

    first: int
    last: int
    words: frozenset[str]


def around(tree: ast.AST, names: FileNames) -> list[Around]:
    """Functions, classes and calls that say what they are for, inner ones last."""
    regions = [*_definitions(tree), *_calls(names)]
    return sorted(regions, key=lambda a: (a.first, -a.last))


def _calls(names: FileNames) -> Iterator[Around]:
    """``TrainConfig(model_name=…)``: calls over several lines whose name says training or tests."""
    for call, _ in names.calls:
        last = call.end_lineno or call.lineno
        words = frozenset(words_of(tail(call.func))) if last > call.lineno else frozenset[str]()
        if words and role_of_words(words, ReferenceKind.DATASET) is not UsedFor.UNKNOWN:
            yield Around(call.lineno, last, words)


def _definitions(tree: ast.AST) -> list[Around]:
    regions: list[Around] = []
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            words = {*words_of(node.name), *_commands(node.decorator_list)}
            first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
            regions.append(Around(first, node.end_lineno or node.lineno, frozenset(words)))
        waiting += (n for n in ast.iter_child_nodes(node) if isinstance(n, _BLOCKS))
    return regions


def _commands(decorators: list[ast.expr]) -> Iterator[str]:
    """Words of the command that a function is: ``@cli.command("train")``."""
    for decorator in decorators:
        match decorator:
            case ast.Call(func=ast.Attribute(attr="command"), args=[ast.Constant(value=str(n))]):
                yield from words_of(n)


_BLOCKS = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.With, ast.Try, ast.For,
    ast.While,
)  # fmt: skip
"""Statements that a definition can stand in."""


_TRAINED_ON = frozenset({"train_dataset", "train_data", "train_ds", "training_data", "train_set"})
"""Parameters of trainers whose value is trained on, whatever the split of a set is called."""
_Place = tuple[int, int]
"""Line and column."""


def fed_to_training(tree: ast.AST, names: FileNames) -> list[tuple[_Place, _Place]]:
    """Where the values stand that a trainer is given to train on, from and to which place.

    What is loaded by the split ``test`` and trained on is training data.
    """
    given = [k.value for call, _ in names.calls for k in call.keywords if k.arg in _TRAINED_ON]
    called = {value.id for value in given if isinstance(value, ast.Name)}
    if called:
        given += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and any(isinstance(t, ast.Name) and t.id in called for t in node.targets)
        ]
    return [
        ((v.lineno, v.col_offset), (v.end_lineno or v.lineno, v.end_col_offset or v.col_offset))
        for v in given
        if not isinstance(v, ast.Name)
    ]


def with_roles_in_file(
    references: Iterable[Reference],
    path: str,
    around: list[Around],
    fed: list[tuple[_Place, _Place]],
    *,
    does_train: bool,
) -> Iterator[Reference]:
    """References with what the rest of their file says of their use."""
    for reference in references:
        at = (reference.line, reference.column - 1)
        if reference.file != path:
            yield reference
        elif reference.kind is ReferenceKind.DATASET and any(a <= at <= b for a, b in fed):
            yield replace(reference, role=UsedFor.TRAINING, role_by=RoleBasis.CALL)
        else:
            yield _with_role(reference, path, around, does_train)


def _with_role(
    reference: Reference, path: str, around: list[Around], does_train: bool
) -> Reference:
    kind = ReferenceKind.MODEL if reference.kind is ReferenceKind.API else reference.kind
    named = role_of_path(path, kind)
    if reference.role is not UsedFor.UNKNOWN:
        by = reference.role_by if reference.role_by else RoleBasis.CALL
        if reference.role is UsedFor.TRAINING and named is UsedFor.EVALUATION and not does_train:
            return replace(reference, role=named, role_by=RoleBasis.SCRIPT)
        of_all = reference.role is UsedFor.INFERENCE and reference.kind is not ReferenceKind.DATASET
        if of_all and by is not RoleBasis.KEY and _evaluates(path):
            return replace(reference, role=UsedFor.EVALUATION, role_by=RoleBasis.SCRIPT)
        return replace(reference, role_by=by)
    for region in reversed(around):
        if region.first <= reference.line <= region.last:
            role = role_of_words(region.words, kind)
            if role is not UsedFor.UNKNOWN:
                return replace(reference, role=role, role_by=RoleBasis.SCRIPT)
    if does_train:
        return replace(reference, role=UsedFor.TRAINING, role_by=RoleBasis.TRAINER)
    if kind is not ReferenceKind.DATASET and _evaluates(path):
        return replace(reference, role=UsedFor.EVALUATION, role_by=RoleBasis.SCRIPT)
    if named is not UsedFor.UNKNOWN:
        return replace(reference, role=named, role_by=RoleBasis.SCRIPT)
    return replace(reference, role=usual_role(kind, reference.id), role_by=RoleBasis.DEFAULT)


def _evaluates(path: str) -> bool:
    """Whether a file or folder is named for an evaluation; a benchmark may measure speed alone."""
    *folders, name = path.split("/")
    named = not _EVALUATING.isdisjoint(words_of(name.partition(".")[0]))
    return named or any(folder.lower() in _OF_METRICS for folder in folders)


_EVALUATING = frozenset({"eval", "evals", "evaluate", "evaluation"})
_OF_METRICS = _EVALUATING | {"metric", "metrics", "evaluator", "evaluators", "evaluations"}
"""Names of folders whose models measure others."""
