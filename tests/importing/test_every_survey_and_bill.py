"""Forty rows as each survey tool and billing system writes them: true scores, dates, revenue and churn come out."""

import csv
import io
import json
import random
from datetime import datetime, timedelta

import pytest

import queries
from data.importing.import_file import NothingKept
from data.importing.recognise import Unrecognised
from tests.importing.test_headers import HEADERS, header

ROWS = 40
START = datetime(2024, 1, 5, 9, 30)
SURVEYS = {
    # name: (format, how its date is written, the columns a date is in)
    "surveymonkey_csv": ("surveymonkey", "%m/%d/%Y %I:%M:%S %p", ("End Date", "Date Modified", "Start Date", "Date Created")),
    "typeform_csv": ("typeform", "%Y-%m-%d %H:%M:%S", ("Submit Date (UTC)", "Start Date (UTC)")),
    "qualtrics_csv": ("qualtrics", "%Y-%m-%d %H:%M:%S", ("RecordedDate", "EndDate", "StartDate")),
    "google_forms_csv": ("google_forms", "%m/%d/%Y %H:%M:%S", ("Timestamp",)),
}
IDS = {"Respondent ID", "#", "ResponseId", "id", "Customer ID", "uuid", "account_id", "customer_id"}
SHAPES = ["as exported", "shuffled", "other case", "half of the columns"]
BILLS = {
    "stripe_customers_csv": ("stripe_customers", "customers"),
    "stripe_subscriptions_csv": ("stripe_subscriptions", "subscriptions"),
    "fivetran_stripe_subscription_history": ("stripe_subscriptions", "subscriptions"),
    "recurly_subscription_history": ("recurly_subscriptions", "subscriptions"),
    "shopify_customers_csv": ("shopify_customers", "customers"),
}


def moment(row):
    return START + timedelta(days=3 * row, minutes=7 * row)


def score(row):
    return row * 7 % 11


def written(columns, cells, extra=(), keep=None, shape="as exported"):
    """The file in one of its shapes; `keep` are the columns that a half must not lose."""
    chance = random.Random(5)
    places = list(range(len(columns)))
    if shape == "shuffled":
        chance.shuffle(places)
    if shape == "half of the columns":
        spare = [place for place in places if columns[place] not in keep]
        gone = set(chance.sample(spare, min(len(columns) // 2, len(spare))))
        places = [place for place in places if place not in gone]
    names = [name.upper() if shape == "other case" else name for name in columns]
    out = io.StringIO()
    lines = [names, *extra, *([cells(name, row) for name in columns] for row in range(ROWS))]
    csv.writer(out, lineterminator="\n").writerows([line[place] for place in places] for line in lines)
    return out.getvalue()


def answer(name, row, style, dates):
    if name in dates:
        return moment(row).strftime(style)
    if "likely" in name or name == "Q1":
        return str(score(row))
    if name == "Q1_NPS_GROUP":
        return "3" if score(row) >= 9 else "2" if score(row) >= 7 else "1"
    plain = {"Status": "0", "Finished": "1", "Progress": "100", "UserLanguage": "EN", "DistributionChannel": "email"}
    mail = {"Email Address": f"p{row}@example.com", "RecipientEmail": f"p{row}@example.com"}
    return plain.get(name) or mail.get(name) or (f"r{row}" if name in IDS else "")


def further_rows(name, columns):
    if name == "surveymonkey_csv":
        return [["Response" if "likely" in column else "" for column in columns]]
    if name == "qualtrics_csv":
        return [[f"Wording of {column}" for column in columns], [json.dumps({"ImportId": column}) for column in columns]]
    return []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", SURVEYS)
def test_a_survey_gives_true_scores_and_dates(name, shape, bring, rows):
    form, style, dates = SURVEYS[name]
    columns = header(name)
    keep = {column for column in columns if "likely" in column or column in ("Q1", "Q1_NPS_GROUP", dates[0], *IDS)}
    text = written(columns, lambda column, row: answer(column, row, style, dates), further_rows(name, columns), keep, shape)
    receipt = bring(text)
    assert (receipt.format, receipt.kept, receipt.problems) == (form, ROWS, [])
    wanted = sorted((moment(row), float(score(row)), "nps", 0.0, 10.0) for row in range(ROWS))
    assert rows("select answered_at, score, kind, scale_min, scale_max from responses order by all") == wanted


def bill(name, row):
    """Every second subscription is for a year, every fourth has ended, and each has two seats at 120."""
    ended, yearly, begun = row % 4 == 0, row % 2 == 0, moment(row)
    period = timedelta(days=366 if yearly else 31)
    stamps = {"created": begun, "start": begun, "startdate": begun, "activatedat": begun, "createdat": begun, "updatedat": begun,
              "currentperiodstart": begun, "currentperiodend": begun + period, "currentperiodstartedat": begun,
              "currentperiodendsat": begun + period, "fivetransynced": datetime(2024, 12, 1)}  # fmt: skip
    stamps |= dict.fromkeys(("canceledat", "endedat", "expiresat"), datetime(2024, 11, 1, 12)) if ended else {}
    key = "".join(letter for letter in name.lower().replace("(utc)", "") if letter.isalnum())
    if key in stamps:
        return stamps[key].strftime("%Y-%m-%d %H:%M:%S" if name == name.lower() else "%Y-%m-%d %H:%M")
    plain = {"status": "canceled" if ended else "active", "state": "expired" if ended else "active", "quantity": "2",
             "amount": "120.00", "unitamount": "120.0", "subtotal": "240.0", "interval": "year" if yearly else "month",
             "currency": "eur", "totalspend": f"{row}.50", "totalspent": f"{row}.50", "paymentcount": str(row),
             "delinquent": "false", "refundedvolume": "0.00", "disputelosses": "0.00", "taxexempt": "no",
             "acceptsemailmarketing": "yes", "totalorders": "3", "email": f"p{row}@example.com"}  # fmt: skip
    return plain.get(key, f"x{row}" if key in ("id", "customerid", "accountid", "uuid") else "")


KEEP = {
    *("id", "Customer ID", "customer_id", "account_id", "Status", "status", "state", "Ended At (UTC)", "ended_at", "expires_at"),
    *("Start Date (UTC)", "start_date", "activated_at", "Interval", "Amount", "Quantity", "subtotal", "Total Spend"),
    *("Total Spent", "current_period_started_at", "current_period_ends_at", "Created (UTC)", "Delinquent"),
    "Accepts Email Marketing",
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", BILLS)
def test_a_billing_export_gives_true_revenue_and_churn(name, shape, bring, rows):
    form, table = BILLS[name]
    receipt = bring(written(header(name), bill, keep=KEEP, shape=shape))
    assert (receipt.format, receipt.table, receipt.kept, receipt.problems) == (form, table, ROWS, [])
    if table == "customers":
        assert rows("select sum(total_revenue) from customers") == [(sum(range(ROWS)) + ROWS / 2,)]
        return
    seconds = 0 if name == "stripe_subscriptions_csv" else moment(0).second
    wanted = sorted(moment(row).replace(second=seconds) for row in range(ROWS))
    assert [row[0] for row in rows("select started_at from subscriptions order by 1")] == wanted
    assert rows("select count(ended_at), min(ended_at) from subscriptions") == [(10, datetime(2024, 11, 1, 12))]
    if name != "fivetran_stripe_subscription_history":
        assert rows("select mrr, count(*) from subscriptions group by 1 order by 1") == [(20.0, 20), (240.0, 20)]


def order(name, row):
    """Orders of two items each; what an order cost stands in its first row alone."""
    first = row % 2 == 0
    stamp = (START + timedelta(days=row // 2)).strftime("%Y-%m-%d %H:%M:%S +0100")
    plain = {"Name": f"#{1001 + row // 2}", "Email": f"p{row // 4}@example.com", "Created at": stamp if first else "",
             "Paid at": stamp if first else "", "Financial Status": "paid" if first else "", "Total": "30.00" if first else "",
             "Subtotal": "25.00" if first else "", "Taxes": "5.00" if first else "", "Currency": "EUR" if first else "",
             "Lineitem name": f"Item {row % 2}", "Lineitem quantity": "1"}  # fmt: skip
    return plain.get(name, "")


@pytest.mark.parametrize("shape", SHAPES)
def test_an_order_export_gives_true_orders(shape, bring, rows, store):
    keep = {"Name", "Email", "Created at", "Total", "Financial Status", "Lineitem name", "Lineitem quantity"}
    receipt = bring(written(header("shopify_orders_csv"), order, keep=keep, shape=shape))
    assert (receipt.format, receipt.table, receipt.kept, receipt.problems) == ("shopify_orders", "orders", ROWS, [])
    assert rows("select count(distinct order_id), sum(total), sum(quantity) from orders") == [(20, 600.0, 40.0)]
    found = queries.answer("repeat_purchase_rate", store=store)
    assert (found["value"].iloc[0], found["n"].iloc[0]) == (100.0, 10)
    first = START - timedelta(hours=1)
    assert rows("select min(ordered_at), count(*) from purchases") == [(first, 20)]


@pytest.mark.parametrize("shape", ["as exported", "shuffled", "other case"])
@pytest.mark.parametrize("name", ["stripe_payments_csv", "stripe_invoices_csv"])
def test_payments_and_invoices_are_refused_with_what_to_bring(name, shape, bring):
    with pytest.raises(Unrecognised, match=r"[Ee]xport the (subscriptions|customers)"):
        bring(written(header(name), bill, keep=KEEP, shape=shape))


def test_every_verified_survey_and_bill_is_tried():
    if not HEADERS.exists():
        pytest.skip("the shared list of headers is not beside this checkout")
    entries = json.loads(HEADERS.read_text(encoding="utf-8"))
    known = {name for name, entry in entries.items() if entry["verified"] and entry["kind"] in ("nps", "customers")}
    refused = {"stripe_payments_csv", "stripe_invoices_csv"}
    data_sets = {name for name in known if name.startswith(("ravenstack", "ibm_", "nps_gardenstore"))}  # tried by their own files
    assert known - data_sets == {*SURVEYS, *BILLS, *refused, "shopify_orders_csv"}


def test_a_column_in_utc_stays_in_utc_whatever_the_zone_of_the_workspace(bring, rows):
    columns = header("typeform_csv")
    _, style, dates = SURVEYS["typeform_csv"]
    bring(written(columns, lambda column, row: answer(column, row, style, dates)), timezone="America/New_York")
    assert rows("select min(answered_at) from responses") == [(START,)]


def test_a_cancelled_order_is_kept_and_does_not_count(bring, rows, store):
    lines = "1,2025-01-01,a@example.com,10,\n2,2025-02-01,a@example.com,10,2025-02-02\n"
    text = f"Order ID,Order date,Customer email,Order total,Cancelled at\n{lines}"
    assert bring(text, format="orders").kept == 2
    assert rows("select count(cancelled_at) from orders") == [(1,)]
    assert queries.answer("repeat_purchase_rate", store=store)["value"].iloc[0] == 0


def test_orders_without_their_id_are_set_aside_not_an_error(bring):
    text = "Order date,Customer email,Order total,Lineitem name\n2025-01-01,a@example.com,10,Cup\n"
    with pytest.raises((NothingKept, Unrecognised)):
        bring(text, format="orders")
