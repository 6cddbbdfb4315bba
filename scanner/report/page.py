"""The page: what the charts and tables are made of, put into the template."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from scanner.report import details, headline, notices, pictures
from scanner.report.texts import clean

if TYPE_CHECKING:
    from jinja2 import Template


def page(result: dict[str, Any], now: datetime) -> str:
    """The report of `result`, the object that `size --format json` prints, made at `now`, as one HTML document."""
    return _template().render(
        made=f"{now.day} {now:%B %Y, %H:%M} UTC",
        version=version("leakgauge"),
        result=result,
        scope=headline.scope(result),
        warnings=headline.warnings(result),
        figures=headline.figures(result),
        combinations=pictures.combinations(result),
        entities=pictures.entities(result),
        waybills=pictures.waybills(result),
        roles=details.roles(result),
        dates=pictures.dates(result),
        places=[picture for picture in (pictures.countries(result), pictures.provinces(result)) if picture],
        files=details.files(result),
        left_out=details.left_out(result),
        listed=details.listed(result),
        issues=details.issues(result),
        notices=notices.notices(result),
    )


@cache
def _template() -> Template:
    """The template, which cleans and escapes all texts that it is given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("scanner.report", "templates"),
        autoescape=True,
        finalize=_clean,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _clean(value: Any) -> Any:
    """A text without what could not be shown; what is drawn is clean already."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
