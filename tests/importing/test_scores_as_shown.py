"""Satisfaction the way survey tools show it to people: stars, smileys, words of other languages, scales in the column's name."""

import json

import pytest

import queries


@pytest.mark.parametrize(
    ("marks", "share"),
    [
        (("★★★★☆", "★★★★★", "★☆☆☆☆", "★★★☆☆"), 50),
        (("😀", "😐", "☹️", "👍🏽"), 50),
        (("Extremely satisfied", "Neither satisfied nor dissatisfied", "Somewhat dissatisfied", "Satisfied"), 50),
        (("Gut", "Schlecht", "Sehr zufrieden", "Neutral"), 50),
        (("3/3", "2/3", "1/3", "2/3"), 25),
        (("9/10", "7/10", "4/10", "5/10"), 25),
    ],
)
def test_satisfied_is_satisfied_however_it_is_shown(bring, store, marks, share):
    lines = [f"r{at},2026-04-{at % 28 + 1:02} 09:00,{marks[at % 4]}" for at in range(20)]
    receipt = bring("\n".join(["Response ID,Submitted at,Rating", *lines]))
    assert (receipt.kept, receipt.problems, receipt.notes) == (20, [], [])
    found = queries.answer("csat", store=store).iloc[0]
    assert (found["value"], found["n"]) == (share, 20)


def test_a_scale_in_the_columns_name_does_not_hide_the_column(bring, rows):
    lines = [f"{at},2026-05-{at % 28 + 1:02} 09:00,Closed,{at % 5 + 1}" for at in range(10)]
    receipt = bring("\n".join(["Ticket,Created,Status,CSAT (1-10)", *lines]))
    assert receipt.columns[3]["used_as"] == "csat (1-10)"
    assert rows("select count(csat_score), max(csat_scale) from tickets") == [(10, 10)]
    lines = [f"{at},2026-05-{at % 28 + 1:02} 09:00,{at % 11}" for at in range(22)]
    receipt = bring("\n".join(["Response ID,Submitted at,NPS (0-10)", *lines]), name="nps.csv")
    assert rows("select count(*), max(score) from responses where kind = 'nps'") == [(22, 10)]


def test_intercoms_conversations_name_their_customers_tags_and_when_they_were_rated(bring, rows):
    def conversation(at):
        people = [{"type": "contact", "id": f"u{at}"}, {"type": "contact", "id": "u9"}][: 1 + at % 2]
        rating = {"rating": 5, "created_at": 1_772_000_400 + at, "updated_at": 1_772_000_500 + at}
        tags = {"tags": [{"type": "tag", "id": "1", "name": "billing"}, {"type": "tag", "id": "2", "name": "vip"}]}
        told = {"first_admin_reply_at": 1_772_000_060 + at, "last_close_at": 1_772_003_600 + at, "count_conversation_parts": 2}
        return {
            "id": str(1000 + at),
            "created_at": 1_772_000_000 + at,
            "state": "closed",
            "contacts": {"contacts": people},
            "tags": tags,
            "conversation_rating": rating,
            "statistics": told,
        }

    bring(json.dumps({"type": "conversation.list", "conversations": [conversation(at) for at in range(4)]}), name="export.json")
    assert rows("select customer_id, replace(tags, chr(31), ' | ') from tickets order by id") == [
        (f"u{at}", "billing | vip") for at in range(4)
    ]
    assert rows("select count(*) from tickets where csat_at = first_reply_at + interval 440 second") == [(4,)]


def test_a_call_list_says_how_its_clocks_are_read(bring, rows):
    lines = [f"{at},2026-07-{at % 28 + 1:02} 08:00,A,5:30,0:45" for at in range(10)]
    receipt = bring("\n".join(["Call ID,Date (Europe/Berlin),Agent,Talk time,Wait time (mm:ss)", *lines]))
    assert [one["used_as"] for one in receipt.columns[3:]] == ["touch (m:ss)", "requester wait (m:ss)"]
    assert rows("select min(touch_minutes), max(requester_wait_minutes), min(created_at)::varchar from tickets") == [
        (5.5, 0.75, "2026-07-01 06:00:00")
    ]


def test_a_stamp_in_a_column_of_minutes_is_told_and_stops_nothing(bring, store):
    lines = [
        f"{at},2026-03-0{at} 08:00,{1_772_000_000_000 if at == 1 else 30},{9_999_999 if at == 2 else 60},closed"
        for at in range(1, 9)
    ]
    receipt = bring("\n".join(["ticket_id,created_at,first_response_minutes,resolution_minutes,status", *lines]))
    assert [(one.reason, one.count) for one in receipt.problems] == [("a duration of more than a hundred years", 1)]
    reply = queries.answer("first_reply_time_mean", store=store).iloc[0]
    assert (reply["value"], reply["n"]) == (30, 7)
    solved = queries.answer("resolution_time_mean", store=store).iloc[0]
    assert (solved["value"], solved["n"]) == (60, 7)
    assert queries.excluded("resolution_time_mean", store=store) == {"solved in the future": 1}


@pytest.mark.parametrize(
    ("header", "most", "used", "n"),
    [
        ("NPS (1-10)", 10, "nps (1-10)", 60),
        ("NPS (1-5)", 5, "nps (1-5)", 0),
        ("NPS", 5, "nps (1-5)", 0),  # all would be detractors
        ("NPS", 6, "nps (0-10)", 60),
    ],
)
def test_a_question_that_is_not_from_0_to_10_is_no_recommendation(bring, store, header, most, used, n):
    lines = [f"{at},2026-05-{at % 28 + 1:02} 09:00,{at % most + 1}" for at in range(60)]
    receipt = bring("\n".join([f"Response ID,Submitted at,{header}", *lines]))
    assert receipt.columns[2]["used_as"] == used
    assert queries.answer("nps", store=store).iloc[0]["n"] == n
    assert queries.excluded("nps", store=store) == ({} if n else {"not a question from 0 to 10": 60})


@pytest.mark.parametrize(("lowest", "asked"), [(1, True), (0, False)])
def test_a_recommendation_without_a_single_zero_among_hundreds_is_asked_about(bring, store, lowest, asked):
    scores = [*(1 + n % 10 for n in range(1500)), lowest]
    receipt = bring("\n".join(["Response ID,NPS score", *(f"{at},{score}" for at, score in enumerate(scores))]))
    assert any("asked from 1 to 10" in note for note in receipt.notes) is asked
    assert queries.answer("nps", store=store)["n"].tolist() == [1501], "never rescaled"


def test_a_column_of_words_is_called_so_and_not_by_a_scale_it_does_not_have(bring, store):
    lines = [f"{at},2026-05-{at % 28 + 1:02} 09:00,{'good' if at % 4 else 'bad'}" for at in range(40)]
    receipt = bring("\n".join(["ticket_id,created_at,satisfaction", *lines]))
    assert receipt.columns[2]["used_as"] == "csat (in words)"
    assert queries.answer("csat", store=store)[["value", "n"]].values.tolist() == [[75, 40]]
