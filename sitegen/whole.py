"""The whole site: read, linked with all its parts, and planned."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from sitegen import (
    discretion,
    formats,
    fulltext,
    gather,
    geography,
    kept,
    memory,
    navigation,
    pages,
    publish,
    reach,
    site,
    source,
    spread,
    theme,
    write,
)
from sitegen.config import in_language
from sitegen.folder import Folder, digests, layout
from sitegen.formats import files, html
from sitegen.gather import Gathered
from sitegen.memory import Memory
from sitegen.model import Config, Link
from sitegen.options import Clock, Options, bases, moment, site_path
from sitegen.plan import Collection, Edition, Output, collisions, crowded, key_of, path_of
from sitegen.privacy import Watch, keyed
from sitegen.problems import Located
from sitegen.site import Site
from sitegen.source import Stamp
from sitegen.state import Record, State, ThemeRecord
from sitegen.write import Inputs, Planned


def plan(
    options: Options, inputs: Inputs, before: State | None, remembered: Memory | None, clock: Clock
) -> tuple[Planned | None, tuple[Located, ...]]:
    """The site and all its outputs, or the mistakes that keep it from being one."""
    read = digests(options.content, inputs.files, lambda path: known_file(before, inputs.secret, path))
    place = Folder(options.content, site_path(options), inputs.secret, read)
    same_program = before is not None and before.program.digest == inputs.program.digest
    known = memory.records(remembered) if remembered and same_program else {}
    config, site_record = gather.site_file(place, known, before.config if before else None)
    if config is None:
        return None, site_record.problems  # without a zone and a name of the site nothing else can be judged
    if options.preview:
        config = msgspec.structs.replace(config, search="quick")
    place = replace(place, hidden=config.settings.hidden)
    items, strange = layout(read, place.site, config)
    problems = [*site_record.problems, *(discretion.located(place, each) for each in strange)]
    same = before is not None and before.config.settings == config.settings and before.drafts == options.drafts
    now = moment(clock, config)
    gathered = gather.gather(
        place,
        config,
        items,
        known if same else {},
        before.watch if before else Watch(),
        now,
        drafts=options.drafts,
        jobs=options.jobs,
    )
    problems += [problem for record in gathered.records for problem in record.problems]
    texts = tuple(gathered.bodies.items())
    with spread.ahead(write.made_ahead, config.extensions, texts, options.jobs - 1, gather.FEW) as made:
        planned = linked(options, inputs, before, remembered, place, config, known, site_record, gathered, now)
        problems += planned.problems
        html = {digest: html for digest, html in made() if html is not None}
    return replace(planned, problems=tuple(problems), made=html), tuple(problems)


def linked(
    options: Options,
    inputs: Inputs,
    before: State | None,
    remembered: Memory | None,
    place: Folder,
    config: Config,
    known: Mapping[bytes, tuple[Record, ...]],
    site_record: Record,
    gathered: Gathered,
    now: int,
) -> Planned:
    """The site and all its outputs, and what is wrong with it besides what is wrong with single files."""
    made = themed(options, before, config)
    entries = gather.entries_in(gathered.records)
    waiting = gather.waiting(place.secret, gathered.records, entries)
    attending, unknown = gather.attending(place.secret, gathered.records, gathered.watch)
    own_site, dangling = site.link(config, entries, waiting, now, attending)
    abroad = []
    for language in config.settings.languages:
        words = {each.ref: each for each in gather.entries_in(gathered.records, language)}
        translated = (words.get(each.ref, each) for each in entries)
        abroad.append(site.link(in_language(config, language), translated, waiting, now, attending)[0])
    sites = (own_site, *abroad)
    edition, assets = edited(sites, made, place.digests, place.site)
    outputs = (*assets, *written(pages.collections(sites), edition))
    revealed = (
        *discretion.revealed(gathered.records),
        *discretion.site_revealed(place, config, gathered.records, gathered.watch),
    )
    there = {*(each.path for each in outputs), *(path_of(each.old) for each in config.redirects)}
    absent = gather.absent(gathered.records, place.digests, there)
    nowhere = (*navigation.problems(own_site, place.site, waiting, there), *reach.problems(own_site, place.site))
    odd = (
        *collisions(outputs, place.site),
        *crowded([each.path for each in outputs], place.site),
        *fulltext.problems(config, place.site),
        *geography.problems(config, place.site),
    )
    found = (*dangling, *unknown, *absent, *nowhere, *revealed, *odd)
    published = [record.entry for record in gathered.records if record.entry]
    own = Counter(kept.digest(part) for entry in published for part in kept.parts(entry) if part)
    return Planned(
        config=own_site.config,
        interval=own_site.interval,
        counts=own_site.counts,
        theme=made,
        outputs=outputs,
        keys={each.path: key_of(each, inputs.program.digest) for each in outputs},
        digests=place.digests,
        site_file=place.site,
        drafts=options.drafts,
        problems=(*made.problems, *(discretion.located(place, each, gathered.watch) for each in found)),
        bodies=gathered.bodies,
        watch=gathered.watch,
        zones=gathered.zones,
        decoded=gathered.decoded,
        texts={text for entry in published for text in entry.bodies},
        own=frozenset(own),
        entries=own,
        common=tuple(edition.chromes.values()),
        memory=memory.empty(publish.place_of(options.output).memory, len(inputs.files)),
        records=dict(_encoded((site_record, *gathered.records), known, remembered)),
        remembered=remembered,
        kept=memory.kept(remembered) if remembered else {},
    )


def _encoded(
    records: Iterable[Record], known: Mapping[bytes, tuple[Record, ...]], remembered: Memory | None
) -> Iterator[tuple[bytes, msgspec.Raw]]:
    """The records of each file; those that are the ``known`` ones are encoded already."""
    found: dict[bytes, list[Record]] = {}
    for record in records:
        found.setdefault(record.path, []).append(record)
    for path, each in found.items():
        was = known.get(path, ())
        if remembered and len(was) == len(each) and all(one is other for one, other in zip(was, each, strict=True)):
            yield path, remembered.near(path).records[path]
        else:
            yield path, msgspec.Raw(msgspec.msgpack.encode(each))


def known_file(before: State | None, secret: bytes, path: str) -> tuple[Stamp, bytes] | None:
    """Stamp and digest of a file as the build before saw it."""
    return before.files.get(keyed(secret, path)) if before else None


def themed(options: Options, before: State | None, config: Config) -> ThemeRecord:
    """The theme, read where any of its files has changed."""
    known = before.theme if before else ThemeRecord()
    same = before is not None and (before.config.theme, before.config.options) == (config.theme, config.options)
    if same and known.bases == bases(options) and theme.stamps(map(Path, known.watched)) == known.stamps:
        return known
    roots, watched, values, problems = theme.roots(
        config.theme, config.options, options.content, options.themes, site_path(options)
    )
    seen = theme.stamps(watched)
    read = theme.read(roots)
    return ThemeRecord(
        bases=bases(options),
        roots=tuple(map(str, roots)),
        watched=tuple(map(str, watched)),
        stamps=seen,
        options=values,
        static=read.static,
        closures=dict(theme.closures(read)),
        problems=tuple(source.locate(each, theme.text_of(each, options.content)) for each in problems),
    )


def edited(
    sites: tuple[Site, ...], made: ThemeRecord, digests: Mapping[str, bytes], site_file: str
) -> tuple[Edition, tuple[Output, ...]]:
    """What formats know besides the collections, and the files of the theme.

    ``sites`` is the site in each of its languages, its own first.
    """
    own, *_ = sites
    urls, assets = files.assets(made.static, made.options)
    on = formats.switched_on(own.config, len(own.members))
    edition = Edition(own.config, {}, made.closures, digests, on, site_file)
    logo = f"/{files.stamped(own.config.logo, digests[own.config.logo])}" if own.config.logo in digests else ""
    homes = tuple(Link(each.config.language, f"{each.root}/") for each in sites)
    chromes = {each.config.language: html.chrome(each, edition, urls, made.options, logo, homes) for each in sites}
    return replace(edition, chromes=chromes), tuple(assets)


def written(collections: tuple[Collection, ...], edition: Edition) -> Iterator[Output]:
    """Every collection in every format that is switched on."""
    for name, each in formats.formats().items():
        if name in edition.formats:
            yield from each.outputs(collections, edition)
