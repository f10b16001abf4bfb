"""Jinja as themes use it: what a template says in a language is put in when it is compiled."""

import re
from collections.abc import Callable
from types import FunctionType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape


class _Generator(CodeGenerator):
    """Writes the code of templates; what they put out is quoted by `Environment.quoted`."""

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        if finalize.src is None and frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("environment.quoted(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Environment(jinja2.Environment):
    """The same as Jinja's own, in less time: most of what pages are made of are mappings, plain words and macros."""

    code_generator_class = _Generator
    sandboxed = True
    """Calls go through `call`; else nothing is different."""
    intercepted_binops = intercepted_unops = frozenset[str]()

    words: Callable[[str], str]
    """A catalog: what is said for a word of the templates."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute, else an item: a mapping has nothing but items and the methods of all mappings."""
        if type(obj) is dict and attribute not in _METHODS:
            try:
                return obj[attribute]
            except KeyError:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def make_globals(self, d: Any) -> Any:
        """What every template sees, as a plain mapping: it is looked through at each import on each page."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def quoted(value: Any) -> Any:
        """A value for HTML: most are words without a sign that has a meaning there."""
        form = type(value)
        if form is Markup or (form is str and not _SIGNS.search(value)):
            return value
        return escape(value)

    def call(self, context: Context, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call what a template calls: a macro with just its arguments, and a function that asks for nothing else."""
        form = type(function)
        if form is Macro and len(arguments) == len(function.arguments) and named.keys() <= _VARIABLES:
            if not (function.caller or function.catch_kwargs or function.catch_varargs):
                return Markup(function._func(*arguments))  # noqa: S704, SLF001 - it is escaped already
        elif form is FunctionType and not named.keys() - _VARIABLES and not hasattr(function, "jinja_pass_arg"):
            return function(*arguments)
        return context.call(function, *arguments, **named)

    def compile(self, source: Any, name: Any = None, filename: Any = None, *more: Any, **also: Any) -> Any:
        """The code of a template, in which words without variables stand translated."""
        tree = self.parse(source, name, filename) if isinstance(source, str) else source
        return super().compile(self._translated(tree), name, filename, *more, **also)

    def _translated(self, tree: nodes.Template) -> nodes.Template:
        own = {each.name for each in tree.find_all(nodes.Name) if each.ctx != "load"}
        for parent in (tree, *tree.find_all(nodes.Node)):
            for field, value in parent.iter_fields():
                if isinstance(value, list):
                    value[:] = [self._said(each, own) for each in value]
                else:
                    setattr(parent, field, self._said(value, own))
        return tree

    def _said(self, node: Any, own: set[str]) -> Any:
        """``_("word")`` as the word."""
        match node:
            case nodes.Call(
                node=nodes.Name(name="_" | "gettext" as name), args=[nodes.Const(value=str(words))], kwargs=[]
            ) if name not in own:
                said = Markup(self.words(words)) % {}  # noqa: S704 - the catalogs are ours
                return nodes.Const(said, lineno=node.lineno)
        return node


_METHODS = frozenset(dir(dict))
_SIGNS = re.compile("[&<>\"']")
_VARIABLES = frozenset(("_loop_vars", "_block_vars"))
"""What Jinja gives to each call, for functions that ask for it."""
