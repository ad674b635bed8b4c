"""What Lantern says: Jinja templates, rendered and turned into Block Kit.

Templates live in `bot/templates` (`messages/`, `modals/`, `home/`; anything else is a part for
them to include). An installation may put its own beside them: a file of the same name in the
`override` folder wins. Everything a fact holds is escaped for XML on its way in, so a person's text
can never become a tag.
"""

import gettext
from pathlib import Path
from types import CodeType
from typing import Any, Protocol

import jinja2
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from bot.slack import ids
from bot.slack.filters import Spoken
from bot.slack.markup import to_home, to_message, to_modal
from bot.slack.message import Json, Message
from bot.slack.names import Names

__all__ = ["Message", "TemplateFault", "Templates"]

SHIPPED = Path(__file__).resolve().parent.parent / "templates"
_SURFACES = ("messages", "modals", "home")
_SENTENCES = "sentences.txt"


class _Compiled(BytecodeCache):
    """What this process compiled already, by file and content: a second set of templates (another
    language, another installation) need not do it again, and shares the code itself."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class TemplateFault(Exception):
    """A template that is missing, does not compile or cannot be rendered; names the file."""

    def __init__(self, template: str, why: str) -> None:
        super().__init__(f"{template}: {why}")
        self.template = template


class Speakers(Protocol):
    """The part of `bot.slack.languages.Languages` that finds the words for other readers."""

    def for_readers(self, *locales: str) -> "Templates": ...

    def every(self) -> list["Templates"]: ...


class Templates:
    """The templates of an installation, in one language.

    `override` is a folder searched first; `translations` gives the words of `{% trans %}` in
    another language (none: as written), `language` names it, `languages` knows the others.
    """

    def __init__(
        self,
        override: Path | None = None,
        *,
        translations: gettext.NullTranslations | None = None,
        language: str = "en",
        languages: Speakers | None = None,
        shipped: Path = SHIPPED,
    ) -> None:
        self.language = language
        self.terms = Names(language)
        self.translations = translations or gettext.NullTranslations()
        self._languages = languages
        folders = [shipped] if override is None else [override, shipped]
        self._environment = ImmutableSandboxedEnvironment(
            loader=jinja2.FileSystemLoader(folders),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            finalize=_finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            bytecode_cache=_COMPILED,
        )
        self._environment.filters.update(Spoken(self.translations, self.terms).all())
        self._environment.globals["ids"] = ids
        # A list's rows are refused with the same sentences as a form's fields.
        self._environment.globals["sentence"] = lambda key, facts: self.sentence(key, **facts)
        install = self._environment.install_gettext_translations  # type: ignore[attr-defined]
        install(self.translations, newstyle=True)

    def to(self, *locales: str) -> "Templates":
        """The same for readers with these Slack locales, in the language that they share.

        Without any, or without one in common, it is the installation's.
        """
        return self if self._languages is None else self._languages.for_readers(*locales)

    def every(self) -> list["Templates"]:
        """The same in each language there is; call it in a thread, for it may read them all."""
        return [self] if self._languages is None else self._languages.every()

    def message(self, name: str, /, **facts: Any) -> Message:
        """`messages/<name>.xml` with these facts. Raises TemplateFault or MarkupError."""
        return to_message(*self._render("messages", name, facts))

    def modal(self, name: str, /, **facts: Any) -> Json:
        """`modals/<name>.xml` with these facts, as a view. Raises TemplateFault or MarkupError."""
        return to_modal(*self._render("modals", name, facts))

    def home(self, name: str, /, **facts: Any) -> Json:
        """`home/<name>.xml` with these facts, as a view. Raises TemplateFault or MarkupError."""
        return to_home(*self._render("home", name, facts))

    def sentence(self, key: str, /, **facts: Any) -> str:
        """The sentence for a key (of a rule that says no, of an answer), as plain text on one line.

        Raises TemplateFault for a key that `sentences.txt` does not know.
        """
        written, _ = self._render_file(_SENTENCES, {**facts, "key": key})
        return " ".join(Markup(written).unescape().split())  # noqa: S704 - never shown as markup

    def names(self) -> list[str]:
        """Every message, modal and Home tab there is: `messages/introduction`, sorted."""
        return [
            name.removesuffix(".xml")
            for name in self._environment.list_templates(extensions=["xml"])
            if name.split("/")[0] in _SURFACES
        ]

    def compile_all(self) -> list[str]:
        """Compile every file, parts too, and return their names. Raises TemplateFault.

        Undefined facts and unknown tags show only in rendering.
        """
        names = self._environment.list_templates(extensions=["xml", "txt"])
        for name in names:
            self._load(name)
        return names

    def _render(self, surface: str, name: str, facts: dict[str, Any]) -> tuple[str, str]:
        return self._render_file(f"{surface}/{name}.xml", facts)

    def _render_file(self, file: str, facts: dict[str, Any]) -> tuple[str, str]:
        try:
            return self._load(file).render(facts), file
        except jinja2.TemplateError as error:
            raise TemplateFault(file, f"{type(error).__name__}: {error.message}") from error
        except (AttributeError, TypeError, ValueError, LookupError, ArithmeticError) as error:
            # A fact of the wrong kind; its value may be private, so only the kind of error is told.
            raise TemplateFault(file, type(error).__name__) from None

    def _load(self, file: str) -> jinja2.Template:
        try:
            return self._environment.get_template(file)
        except jinja2.TemplateNotFound as error:
            raise TemplateFault(file, f"there is no template {error.name}") from None
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(file, f"line {error.lineno}: {error.message}") from None
        except UnicodeDecodeError:
            raise TemplateFault(file, "it is not text in UTF-8") from None
        except OSError as error:
            raise TemplateFault(file, f"it cannot be read ({error.strerror})") from None


def _finalize(value: Any) -> Any:
    """Prepare one `{{ … }}`: nothing for None, and line breaks kept as they are in attributes.

    XML turns a bare line break in an attribute into a space; a character reference stays.
    """
    if value is None:
        return Markup("")
    if hasattr(value, "__html__"):
        return value
    safe = str(escape(value))
    for sign in "\n\r\t":
        safe = safe.replace(sign, f"&#{ord(sign)};")
    return Markup(safe)  # noqa: S704 - escaped above
