"""A lead's list of people: read, shown, taken over or thrown away."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.job_kinds import JobKind
from bot.domain.kinds import Role
from bot.domain.programmes import Shape
from bot.domain.states import JobState, OfferState, RoundState
from bot.services.lists import (
    importing,
    importing_card,
    importing_reading,
    importing_taking,
)
from bot.services.lists.importing_people import Directory
from bot.services.lists.importing_rows import COLUMNS
from bot.services.lists.importing_taking import ROWS_AT_A_TIME
from bot.services.programmes import enrolling
from bot.store.tables import (
    Apart,
    Enrolment,
    Offer,
    PeopleImport,
    Person,
    Programme,
    Request,
    Round,
)
from bot.store.work import AlreadyDone
from tests.services.lists import Lists, problems_of
from tests.services.story import Story, breaks
from tests.templates.render import templates

MENTOR, MENTEE = Role.MENTOR, Role.MENTEE
FULL = (
    "Person;Roles;Topics offered;Topics sought;Capacity;Department;Seniority;Languages;Location;"
    "Country;Manager;Windows\r\n"
    "UADA;both;Hiring, Writing clearly;giving and taking feedback, interviews;3;Design;senior;"
    "English, de;Lisbon;United Kingdom;boss@x.org;Mon am, Thursday afternoon\r\n"
)


@pytest.fixture
async def lists(story: Story) -> Lists:
    lists = await Lists.of(story, capacity=2, country="DE", opens_at=time(8), closes_at=time(16))
    lists.hire("UADA", "Ada")
    lists.hire("UBOSS", "Boss", email="boss@x.org")
    lists.hire("UCHEN", "Chen Wei", real_name="Chén  Wei")
    return lists


async def test_everything_a_row_can_say(lists: Lists) -> None:
    view = await lists.sends(FULL)
    assert (view.state, view.new, view.changed, view.unchanged) == ("ready", 1, 0, 0)
    assert (view.problems, view.unknown_columns) == ((), ())
    assert not await lists.story.jobs(JobKind.ENROLMENT_CARD)
    assert {one.slack_id for one in await lists.story.facts.all(Person)} == {"ULEAD"}

    view = await lists.takes(view)
    assert (view.state, view.new, view.problem_count) == ("taken", 1, 0)
    rows, ada = await lists.rows("UADA"), await lists.person("UADA")
    assert rows[MENTOR].areas == ["hiring", "writing"]
    assert rows[MENTEE].areas == ["feedback", "interviews"]
    assert (rows[MENTOR].capacity, rows[MENTEE].capacity) == (3, 1)
    assert rows[MENTOR].windows == rows[MENTEE].windows == ["mon_am", "thu_pm"]
    assert (ada.department, ada.seniority, ada.location) == ("Design", 3, "Lisbon")
    assert (ada.languages, ada.country) == (["en", "de"], "GB")
    assert ada.manager_id == (await lists.person("UBOSS")).id
    assert (ada.name, ada.zone, ada.opens_at) == ("Ada", "Europe/London", time(8))
    card = (await lists.cards())[0]
    assert (card.recipient_id, card.note) == (ada.id, "imported")
    assert card.import_id is not None
    sender = await importing_card.sent_by(lists.story.ctx, import_id=card.import_id)
    assert sender.slack_id == "ULEAD"


async def test_the_same_list_twice_changes_nothing(lists: Lists) -> None:
    await lists.takes(await lists.sends(FULL))
    again = await lists.sends(FULL)
    assert (again.new, again.changed, again.unchanged) == (0, 0, 1)
    await lists.takes(again)
    assert len(await lists.cards()) == 1


async def test_an_empty_cell_leaves_what_is_there(lists: Lists) -> None:
    await lists.takes(await lists.sends(FULL))
    await lists.takes(await lists.sends("person,department,capacity\nUADA,Research,\n"))
    ada, rows = await lists.person("UADA"), await lists.rows("UADA")
    assert (ada.department, ada.location, rows[MENTOR].capacity) == ("Research", "Lisbon", 3)
    assert len(await lists.cards()) == 1  # nothing that they would have to hear of


async def test_a_role_ends_and_is_told(lists: Lists) -> None:
    await lists.takes(await lists.sends("person,roles\nUADA,both\nUCHEN,mentor\n"))
    view = await lists.takes(await lists.sends("person,roles\nUADA,mentee\nUCHEN,mentor\n"))
    assert (view.changed, view.unchanged) == (1, 1)
    rows = await lists.rows("UADA")
    assert rows[MENTOR].ended_at is not None
    assert rows[MENTEE].ended_at is None
    assert len(await lists.cards()) == 3
    back = await lists.takes(await lists.sends("person,roles\nUADA,mentor and mentee\n"))
    assert back.changed == 1
    assert (await lists.rows("UADA"))[MENTOR].ended_at is None


@pytest.mark.parametrize(
    ("header", "row", "key"),
    [
        ("person,roles", "Nobody,mentor", "row_unknown"),
        ("person,roles", ",mentor", "row_blank"),
        ("person,roles", "Sam,mentor", "row_ambiguous"),
        ("person,roles", "Gone,mentor", "row_gone"),
        ("person,roles", "Guest,mentor", "row_guest"),
        ("person,roles", "Robo,mentor", "row_bot"),
        ("person,roles", "UADA,boss", "row_role"),
        ("person,roles", "UADA,", "row_no_role"),
        ("person,roles", "UADA,mentor,and more", "row_spare"),
        ("person,topics offered", "UADA,Juggling", "row_area"),
        ("person,roles,capacity", "UADA,mentor,40", "capacity"),
        ("person,roles,capacity", "UADA,mentor,some", "capacity"),
        ("person,roles,seniority", "UADA,mentor,7", "row_seniority"),
        ("person,roles,seniority", "UADA,mentor,wise", "row_seniority"),
        ("person,roles,languages", "UADA,mentor,Klingonish", "row_language"),
        ("person,roles,country", "UADA,mentor,Ruritania", "row_country"),
        ("person,roles,windows", "UADA,mentor,Sunday", "row_window"),
        ("person,roles,manager", "UADA,mentor,Nobody", "row_unknown"),
        ("person,roles,manager", "UADA,mentor,ada", "row_own_manager"),
        ("person,roles,department", f"UADA,mentor,{'x' * 121}", "too_long"),
    ],
)
async def test_a_problem_keeps_its_row_out_alone(
    lists: Lists, header: str, row: str, key: str
) -> None:
    lists.hire("USAM1", "Sam")
    lists.hire("USAM2", "Sammy", real_name="sam")
    lists.hire("UGONE", "Gone", deleted=True)
    lists.hire("UGUEST", "Guest", is_restricted=True)
    lists.hire("UROBO", "Robo", is_bot=True)
    extra = "," * (header.count(",") - 1)
    first = "UCHEN,mentee" if "roles" in header else "UCHEN,Hiring"
    view = await lists.sends(f"{header}\n{first}{extra}\n{row}\n")
    assert problems_of(view) == [(3, key)]
    assert view.problem_count == 1
    assert (await lists.takes(view)).new == 1
    said = templates().sentence(key, **view.problems[0].facts)
    assert said[0] not in "{["


async def test_people_are_found_by_what_they_are_called(lists: Lists) -> None:
    sheet = "person,roles\n<@UADA|ada>,mentor\nCHÉN wei,mentee\n@Boss,both\n lea@X.org ,mentee\n"
    view = await lists.sends(sheet)
    assert (view.new, view.problem_count) == (4, 0)


async def test_of_two_with_one_name_the_one_who_is_here_is_meant(lists: Lists) -> None:
    lists.hire("UADA0", "Ada", deleted=True)
    assert (await lists.sends("name,roles\nAda,mentor\n")).new == 1


async def test_somebody_twice_counts_once(lists: Lists) -> None:
    view = await lists.sends("email,roles\nuada@x.org,mentor\n\nUADA@X.ORG,mentee\n")
    assert (view.new, problems_of(view)) == (1, [(4, "row_twice")])
    assert view.problems[0].facts == {"row": 2}


async def test_who_left_a_programme_is_not_brought_back(lists: Lists) -> None:
    await lists.takes(await lists.sends("person,roles\nUADA,mentor\n"))
    ada = await lists.person("UADA")
    again = await lists.sends("person,roles,department\nUADA,mentor,Design\n")
    await enrolling.leave(lists.story.ctx, actor_id=ada.id, programme_id=lists.programme.id)
    view = await lists.takes(again)  # they left between the preview and the yes
    assert (view.changed, problems_of(view)) == (0, [(2, "row_left")])
    assert problems_of(await lists.sends("person,roles\nUADA,mentor\n")) == [(2, "row_left")]
    assert (await lists.person("UADA")).department == ""


async def test_who_left_the_workspace_meanwhile_is_left_out_and_told(lists: Lists) -> None:
    view = await lists.sends("person,roles\nUADA,mentor\nUCHEN,mentee\nUBOSS,mentee\n")
    lists.hire("UADA", "Ada", deleted=True)
    lists.company = [one for one in lists.company if one.id != "UBOSS"]
    view = await lists.takes(view)
    assert (view.state, view.new) == ("taken", 1)
    assert problems_of(view) == [(2, "row_gone_since"), (4, "row_gone_since")]
    assert len(await lists.cards()) == 1


async def test_two_clicks_take_it_once(lists: Lists) -> None:
    view = await lists.sends("person,roles\nUADA,mentor\n")
    await lists.takes(view)
    with breaks("import_over") as caught:
        await importing.take_import(lists.story.ctx, actor_id=lists.lead.id, import_id=view.id)
    assert caught.value.facts == {"state": "taken"}
    await lists.goes_on(view)  # a job that is done once more
    assert len(await lists.cards()) == 1
    jobs = await lists.story.jobs(JobKind.IMPORT_READ)
    assert [job.note for job in jobs] == [None, importing.TAKE]


async def test_what_is_thrown_away_is_gone(lists: Lists) -> None:
    view = await lists.sends("person,roles,department\nUADA,mentor,Secretariat\nQuux,mentor,x\n")
    assert "Secretariat" not in await lists.story.raw("people_import")  # sealed
    assert "Quux" not in await lists.story.raw("people_import")
    await importing.discard_import(lists.story.ctx, actor_id=lists.lead.id, import_id=view.id)
    (row,) = await lists.story.facts.all(PeopleImport)
    assert (row.rows, row.problems) == (None, None)
    assert (await lists.view(view.id)).state == "discarded"
    with breaks("import_over"):
        await importing.take_import(lists.story.ctx, actor_id=lists.lead.id, import_id=view.id)


async def test_what_is_taken_over_is_not_kept(lists: Lists) -> None:
    await lists.takes(await lists.sends("person,roles\nUADA,mentor\nQuux,mentor\n"))
    (row,) = await lists.story.facts.all(PeopleImport)
    assert (row.rows, row.problems) == (None, [])


async def test_a_new_list_takes_the_place_of_one_that_waits(lists: Lists) -> None:
    first = await lists.sends("person,roles\nUADA,mentor\n")
    second = await lists.sends("person,roles\nUADA,mentee\n")
    assert [(await lists.view(one.id)).state for one in (first, second)] == ["discarded", "ready"]


async def test_only_a_lead(lists: Lists) -> None:
    view = await lists.sends("person,roles\nUADA,mentor\n")
    other = await lists.story.facts.person("Mallory")
    ctx, about = lists.story.ctx, {"actor_id": other.id, "import_id": view.id}
    with breaks("not_a_lead"):
        await importing.take_import(ctx, **about)
    with breaks("not_a_lead"):
        await importing.discard_import(ctx, **about)
    with breaks("not_a_lead"):
        await importing.ask_import(
            ctx, actor_id=other.id, programme_id=lists.programme.id, file="F2"
        )


async def test_asking_twice_with_one_receipt(lists: Lists) -> None:
    await lists.sends("person,roles\nUADA,mentor\n", receipt="r1")
    with pytest.raises(AlreadyDone):
        await lists.sends("person,roles\nUADA,mentor\n", receipt="r1")


async def test_while_it_is_read_it_cannot_be_taken(lists: Lists) -> None:
    ctx = lists.story.ctx
    await importing.ask_import(
        ctx, actor_id=lists.lead.id, programme_id=lists.programme.id, file="F1"
    )
    (row,) = await lists.story.facts.all(PeopleImport)
    assert (await lists.view(row.id)).state == "reading"
    with breaks("import_reading"):
        await importing.take_import(ctx, actor_id=lists.lead.id, import_id=row.id)
    card = await lists.story.job(JobKind.IMPORT_CARD)
    assert (card.recipient_id, card.import_id) == (lists.lead.id, row.id)
    await importing_reading.fail_import(ctx, import_id=row.id, key="file_gone")
    view = await lists.view(row.id)
    assert (view.state, view.failure) == ("failed", "file_gone")
    await importing_reading.read_import(ctx, import_id=row.id, raw=b"person\nx", people=[])
    assert (await lists.view(row.id)).state == "failed"


@pytest.mark.parametrize(
    ("raw", "key", "told"),
    [
        (b"", "sheet_empty", {}),
        (b"PK\x03\x04xlsx", "sheet_not_csv", {}),
        (b"roles,department\nmentor,Design\n", "sheet_columns_missing", {"columns": ["person"]}),
        (b'person,roles\n"UADA,mentor\n', "sheet_unreadable", {"row": 2}),
        (b"person\n" + b"x\n" * 10_001, "sheet_too_long", {"limit": 10_000}),
    ],
)
async def test_a_file_that_cannot_be_read(
    lists: Lists, raw: bytes, key: str, told: dict[str, object]
) -> None:
    view = await lists.sends(raw)
    assert (view.state, view.failure, view.failure_facts) == ("failed", key, told)
    with breaks("import_over"):
        await importing.take_import(lists.story.ctx, actor_id=lists.lead.id, import_id=view.id)


async def test_a_sheet_from_elsewhere(lists: Lists) -> None:
    """UTF-16 with semicolons, a column nobody knows, a formula in a cell."""
    sheet = 'Full name;ROLE;Shoe size;Department\r\nChen Wei;mentor;44;"=HYPERLINK(1)"\r\n'
    view = await lists.sends(sheet.encode("utf-16"))
    assert (view.new, view.unknown_columns) == (1, ("Shoe size",))
    await lists.takes(view)
    assert (await lists.person("UCHEN")).department == "=HYPERLINK(1)"


async def test_cards_come_in_good_hours(lists: Lists) -> None:
    lists.hire("UADA", "Ada", tz="America/Los_Angeles")  # where it is two in the morning
    await lists.takes(await lists.sends("person,roles\nUADA,mentor\n"))
    (card,) = await lists.cards()
    assert card.due_at == datetime(2026, 11, 23, 16, tzinfo=UTC)  # eight there


async def test_a_wish_not_to_meet_somebody_stays(lists: Lists) -> None:
    await lists.takes(await lists.sends("person,roles\nUADA,both\n"))
    ada = await lists.person("UADA")
    now = lists.story.ctx.now()
    await lists.story.facts.add(Apart(person_id=ada.id, other_id=lists.lead.id, made_at=now))
    await lists.takes(await lists.sends("person,roles\nUADA,mentor\n"))
    assert len(await lists.story.facts.all(Apart)) == 1


async def test_among_peers_both_roles_are_meant(story: Story) -> None:
    lists = await Lists.of(story, shape=Shape.PEERS)
    lists.hire("UADA", "Ada")
    await lists.takes(await lists.sends("person\nUADA\n"))
    assert set(await lists.rows("UADA")) == {MENTOR, MENTEE}


async def test_topics_say_the_role(lists: Lists) -> None:
    sheet = "person,topics offered,topics sought\nUADA,Hiring,\nUCHEN,,Hiring\n"
    await lists.takes(await lists.sends(sheet))
    assert set(await lists.rows("UADA")) == {MENTOR}
    assert set(await lists.rows("UCHEN")) == {MENTEE}
    assert (await lists.rows("UADA"))[MENTOR].capacity == 2  # the programme's


async def test_who_stops_mentoring_passes_their_offers_on(lists: Lists) -> None:
    await lists.takes(await lists.sends("person,roles\nUADA,both\nUCHEN,mentor\n"))
    ada, facts = await lists.person("UADA"), lists.story.facts
    request = await facts.request(lists.lead)
    async with lists.story.ctx.db.work() as work:
        row = await work.session.get_one(Request, request.id)
        row.programme_id = lists.programme.id
        await work.commit()
    offer = await facts.offer(request, ada)
    await lists.takes(await lists.sends("person,roles\nUADA,mentee\n"))
    assert (await facts.one(Offer, offer.id)).state is OfferState.EXPIRED
    chen = await lists.person("UCHEN")
    assert [one.mentor_id for one in await facts.all(Offer)] == [ada.id, chen.id]


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (RoundState.ANNOUNCED, JobKind.ROUND_NOTICE),
        (RoundState.PLANNED, JobKind.LATE_ROUND),
    ],
)
async def test_they_come_into_the_round_under_way(
    lists: Lists, state: RoundState, kind: JobKind
) -> None:
    now = lists.story.ctx.now()
    runs_at = now + timedelta(days=1)
    await lists.story.facts.add(
        Round(
            programme_id=lists.programme.id,
            due_on=runs_at.date(),
            number=1,
            runs_at=runs_at,
            state=state,
            made_at=now,
        )
    )
    await lists.takes(await lists.sends("person,roles\nUADA,mentor\nUCHEN,mentee\n"))
    jobs = await lists.story.jobs(kind)
    assert len(jobs) == (2 if kind is JobKind.ROUND_NOTICE else 1)


async def test_many_rows_in_several_transactions(lists: Lists) -> None:
    """What a lost process left undone is done once, by the next."""
    count = ROWS_AT_A_TIME + 30
    for number in range(count):
        lists.hire(f"U{number:05}", f"Person {number}")
    rows = "".join(f"U{number:05},mentee\n" for number in range(count))
    view = await lists.sends("person,roles\n" + rows)
    assert view.new == count
    ctx = lists.story.ctx
    await importing.take_import(ctx, actor_id=lists.lead.id, import_id=view.id)
    assert await importing_taking.try_take_some(ctx, view.id, Directory(lists.company))
    assert len(await lists.story.facts.all(Enrolment)) == ROWS_AT_A_TIME
    (row,) = await lists.story.facts.all(PeopleImport)
    assert row.counts["done"] == ROWS_AT_A_TIME
    await lists.goes_on(view)
    assert len(await lists.story.facts.all(Enrolment)) == count == len(await lists.cards())
    assert (await lists.view(view.id)).new == count


async def test_the_card_is_kept_true(lists: Lists) -> None:
    view = await lists.sends("person,roles\nUADA,mentor\n")
    card = await lists.story.job(JobKind.IMPORT_CARD)
    await lists.story.say(card)
    await lists.takes(view)
    card = await lists.story.job(JobKind.IMPORT_CARD)
    assert card.state is JobState.PENDING
    assert card.revision > card.said_revision


async def test_an_archived_channel(lists: Lists) -> None:
    view = await lists.sends("person,roles\nUADA,mentor\n")
    async with lists.story.ctx.db.work() as work:
        row = await work.session.get_one(Programme, lists.programme.id)
        row.archived_at = lists.story.ctx.now()
        await work.commit()
    with breaks("channel_archived"):
        await importing.take_import(lists.story.ctx, actor_id=lists.lead.id, import_id=view.id)
    with breaks("channel_archived"):
        await lists.sends("person,roles\nUADA,mentor\n")


def test_no_two_columns_share_a_heading() -> None:
    names = [name for key, others in COLUMNS.items() for name in (key, *others)]
    assert len(names) == len(set(names))


async def test_a_list_that_was_given_up_half_way_goes_on(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = lists.story.ctx
    lines = ["person,roles"]
    for number in range(3):
        lists.hire(f"UROW{number}", f"Row {number}")
        lines.append(f"UROW{number},mentee")
    view = await lists.sends("\n".join(lines))
    monkeypatch.setattr(importing_taking, "ROWS_AT_A_TIME", 1)
    await importing.take_import(ctx, actor_id=lists.lead.id, import_id=view.id)
    directory = Directory(lists.company)
    assert await importing_taking.try_take_some(ctx, view.id, directory)
    await importing.stop_import(ctx, import_id=view.id)
    assert (await lists.view(view.id)).state == "ready"
    (told,) = await lists.story.jobs(JobKind.PLAIN_ANSWER)
    assert (told.recipient_id, told.note) == (lists.lead.id, "import_stopped")

    view = await lists.takes(view)
    assert (view.state, view.new, len(await lists.cards())) == ("taken", 3, 3)
    takes = [job for job in await lists.story.jobs(JobKind.IMPORT_READ) if job.note]
    assert len({job.dedupe_key for job in takes}) == 2
    await importing.stop_import(ctx, import_id=view.id)  # too late: it is through
    assert (await lists.view(view.id)).state == "taken"
