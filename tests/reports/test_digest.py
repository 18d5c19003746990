"""The brief as a mail: in a file, or taken by a mail server of this test; and a clear sentence where something is missing."""

import email
import email.policy
from email.message import EmailMessage
from html.parser import HTMLParser

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import AuthResult, LoginPassword

from data.store import Store
from pages.__main__ import main
from pages.exports.mail import message as mail
from pages.exports.mail import smtp
from pages.exports.mail.smtp import CannotSend, Server
from tests.pages import world
from tests.pages.conftest import free_port
from tests.reports import taking

ENVIRONMENT = {"host": "127.0.0.1", "from": "Deskpulse <deskpulse@example.com>", "security": "none"}


class Kept(Message):
    """Every mail that the server takes."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[EmailMessage] = []

    def handle_message(self, message) -> None:
        self.mails.append(email.message_from_bytes(message.as_bytes(), policy=email.policy.default))


@pytest.fixture
def postbox(monkeypatch):
    """A mail server that asks for a user and a password."""
    kept, port = Kept(), free_port()
    check = lambda server, session, envelope, how, given: AuthResult(  # noqa: E731
        handled=False, success=isinstance(given, LoginPassword) and (given.login, given.password) == (b"desk", b"open sesame")
    )
    controller = Controller(kept, "127.0.0.1", port, authenticator=check, auth_required=True, auth_require_tls=False)
    controller.start()
    for name, value in {**ENVIRONMENT, "port": str(port), "user": "desk", "password": "open sesame"}.items():
        monkeypatch.setenv(f"DESKPULSE_SMTP_{name.upper()}", value)
    yield kept
    controller.stop()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return world.build(tmp_path_factory.mktemp("digest") / "world.duckdb")


def run(*words, database) -> int:
    return main(["digest", "--database", str(database), "--range", "all", *words])


def test_the_brief_is_sent_as_html_with_plain_text_beside_it(postbox, small, capsys):
    assert run("--to", "ada@example.com", "--to", "bo@example.com", database=small) == 0
    (sent,) = postbox.mails
    assert sent["X-RcptTo"] == "ada@example.com, bo@example.com"
    assert "ada@example.com" not in str(sent["To"])
    text, html = (sent.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "What customers say" in text or "In one sentence" in text
    assert sent["Subject"] in text
    assert "In one sentence" in html
    assert "Sent to ada@example.com, bo@example.com" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["all", "overview", "response-times"])
def test_other_pages_are_sent_as_well(postbox, small, name):
    assert run("--report", name, "--to", "ada@example.com", "--title", "The month", database=small) == 0
    assert "The month" in postbox.mails[0].get_body(("html",)).get_content()


@pytest.mark.parametrize("ending", ["html", "txt", "eml"])
def test_it_is_written_to_a_file_without_any_server(small, tmp_path, ending):
    assert run("--out", str(tmp_path / f"brief.{ending}"), database=small) == 0
    assert b"In one sentence" in (tmp_path / f"brief.{ending}").read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say who gets it with --to ADDRESS"),
        (["--to", "ada@example.com"], "DESKPULSE_SMTP_HOST and DESKPULSE_SMTP_FROM must be set"),
        (["--to", "nobody"], "'nobody' is no address"),
        (["--to", "a@b.example\nBcc: c@d.example"], "is no address"),
        (["--report", "nothing", "--out", "x.html"], "There is no report 'nothing'; there are all, overview"),
        (["--out", "/nowhere/at/all.html"], "No such file or directory"),
    ],
)
def test_what_is_missing_is_said_and_ends_with_two(small, capsys, monkeypatch, words, said):
    for name in ("HOST", "FROM", "PORT"):
        monkeypatch.delenv(f"DESKPULSE_SMTP_{name}", raising=False)
    assert run(*words, database=small) == 2
    assert said in capsys.readouterr().err


def test_no_data_is_a_sentence_and_no_mail(postbox, tmp_path, capsys):
    Store.open(tmp_path / "empty.duckdb").close()
    assert run("--to", "ada@example.com", database=tmp_path / "empty.duckdb") == 2
    assert run("--to", "ada@example.com", database=tmp_path / "none.duckdb") == 2
    said = capsys.readouterr().err
    assert "Nothing is imported yet" in said
    assert "There is no database" in said
    assert not (tmp_path / "none.duckdb").exists()
    assert not postbox.mails


def test_a_wrong_password_is_said_without_the_password(postbox, small, capsys, monkeypatch):
    monkeypatch.setenv("DESKPULSE_SMTP_PASSWORD", "wrong-secret")
    assert run("--to", "ada@example.com", database=small) == 2
    said = capsys.readouterr().err
    assert "does not take this user and password" in said
    assert "wrong-secret" not in said
    assert not postbox.mails


def test_a_server_that_cannot_encrypt_gets_neither_password_nor_mail(postbox, small, capsys, monkeypatch):
    monkeypatch.setenv("DESKPULSE_SMTP_SECURITY", "tls")
    assert run("--to", "ada@example.com", database=small) == 2
    assert "did not take the mail" in capsys.readouterr().err
    assert not postbox.mails


def test_nobody_at_the_other_end_is_a_sentence():
    with pytest.raises(CannotSend, match="did not take the mail"):
        smtp.send(
            mail.Mail("s", "<p>h</p>", "t"), ["a@b.example"], Server("127.0.0.1", free_port(), "a@b.example", security="none")
        )


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"host": "h", "from": "x"}, "no address"),
        ({"host": "h", "from": "a@b", "port": "x"}, "no number"),
        ({"host": "h", "from": "a@b", "security": "maybe"}, "there are tls"),
    ],
)
def test_settings_that_make_no_sense_are_named(section, said):
    with pytest.raises(CannotSend, match=said):
        smtp.read(section, {})


def test_the_environment_goes_before_the_file():
    found = smtp.read({"host": "file", "from": "a@b.example"}, {"DESKPULSE_SMTP_HOST": "environment"})
    assert (found.host, found.port, found.security) == ("environment", 587, "tls")


class Outline(HTMLParser):
    """What a mail program would be asked to fetch or to run."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.styles += any(name == "style" for name, _ in attrs)
        if tag in ("script", "img", "link", "iframe", "style", "svg"):
            self.asked.append(tag)
        self.asked += [str(value) for name, value in attrs if name in ("src", "href") and not str(value).startswith("#")]


def test_the_mail_runs_and_fetches_nothing(report):
    made, outline = mail.written(report), Outline()
    outline.feed(made.html)
    assert not outline.asked
    assert outline.styles > 50
    hostile = taking.made_of(mail.Notice("<script>alert(1)</script>"), title="<img src=x onerror=alert(1)>\r\nBcc: x@y.example")
    made, outline = mail.written(hostile), Outline()
    outline.feed(made.html)
    assert not outline.asked
    assert "\n" not in made.subject
    assert smtp.message(made, "a@b.example", ["c@d.example"])["Bcc"] is None
