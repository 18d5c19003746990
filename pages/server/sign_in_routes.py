"""The plain routes of the doors: `/sign-in` and `/sign-out`."""

from urllib.parse import parse_qs, quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from pages.access import login_throttle, openid, passwords, request_origin, session_cookie, settings
from pages.access.reader import Role
from pages.access.settings import Settings
from pages.server import authenticate, sign_in_page
from pages.server.middleware import WANTED
from pages.streamlit_server import USER_COOKIE_NAME, encode_provider_token

LARGEST = 16_384  # bytes of a form
FOREIGN = "This form works only from this server's own page. Open it again and sign in there."


async def show(request: Request) -> Response:
    """The page with the ways in; who is in already goes on."""
    found, to = settings.read(), request_origin.inside(request.query_params.get("to", "/"))
    reader = authenticate.of_request(request)
    if (reader is not None and reader.role != "guest") or not found.open:  # who looks by a link may have a better way in
        return RedirectResponse(to, 303)
    said = openid.claims(request.cookies, found)
    if said is not None and openid.role_of(said, found) is None:
        return sign_in_page.page(
            "Not on the list", sign_in_page.not_listed(openid.name(said)), 403, forms="https: http://localhost:*"
        )
    over = "Your sign-in has ended. Sign in again to go on." if said is not None else ""
    return sign_in_page.page("Sign in", sign_in_page.sign_in(found, to, over))


async def take(request: Request) -> Response:
    """A password, from our own page, not too often."""
    found = settings.read()
    if not request_origin.own_page(request.headers):
        return PlainTextResponse(FOREIGN, 403)
    if not found.by_password:
        return PlainTextResponse("Nobody comes in by password here.", 404)
    said = await form(request)
    to, address = request_origin.inside(said.get("to", "/")), request_origin.address(request, found)
    if wait := login_throttle.server.ask(address):
        return _late(found, to, wait)
    role = await run_in_threadpool(role_of, said.get("password", ""), found)
    if role is None:
        return sign_in_page.page("Sign in", sign_in_page.sign_in(found, to, "That is not the password."), 401)
    login_throttle.server.right(address)
    return _in(to, session_cookie.made(role, found), found, request_origin.secure(request))


def role_of(password: str, found: Settings) -> Role | None:
    """Both hashes are tried, whichever fits, so that time does not tell which one it was."""
    fitting = [role for role in session_cookie.ROLES.values() if passwords.fits(password, session_cookie.kept(role, found))]
    return fitting[0] if fitting else None


async def form(request: Request) -> dict[str, str]:
    """The fields of a small form; anything larger is not read."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST:
            return {}
    try:
        fields = parse_qs(bytes(body).decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=8)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _late(found: Settings, to: str, wait: float) -> Response:
    seconds = int(wait) + 1
    told = f"{seconds} seconds" if seconds < 100 else f"{round(seconds / 60)} minutes"
    said = sign_in_page.sign_in(found, to, f"Too many wrong passwords. Try again in {told}.")
    return sign_in_page.page("Sign in", said, 429, **{"Retry-After": str(seconds)})


def _in(to: str, cookie: str, found: Settings, secure: bool) -> Response:
    answer = RedirectResponse(to, 303, {"Cache-Control": "no-store"})
    age = int(found.session_hours * 3600)
    answer.set_cookie(session_cookie.COOKIE, cookie, max_age=age, httponly=True, samesite="lax", secure=secure)
    return answer


async def with_provider(request: Request) -> Response:
    """On to the company's provider; the wanted address waits in a cookie for the way back."""
    name, found = request.query_params.get("provider", ""), settings.read()
    if not found.by_openid or name not in found.providers:
        return PlainTextResponse("There is no such provider.", 404)
    answer = RedirectResponse(f"/auth/login?provider={quote(encode_provider_token(name))}", 303, {"Cache-Control": "no-store"})
    wanted = request_origin.inside(request.query_params.get("to", "/")).encode().hex()
    if len(wanted) < 3500:
        answer.set_cookie(WANTED, wanted, max_age=900, httponly=True, samesite="lax", secure=request_origin.secure(request))
    return answer


async def leave(request: Request) -> Response:
    """Both doors are left; the cookies are nobody's from now on, also in copies of them."""
    if not request_origin.own_page(request.headers):
        return PlainTextResponse(FOREIGN, 403)
    for name in (session_cookie.COOKIE, USER_COOKIE_NAME):
        if cookie := request.cookies.get(name):
            session_cookie.end(cookie)
    answer = RedirectResponse("/auth/logout" if USER_COOKIE_NAME in request.cookies else "/sign-in", 303)
    answer.delete_cookie(session_cookie.COOKIE, httponly=True, samesite="lax", secure=request_origin.secure(request))
    return answer


routes = [
    Route("/sign-in", show, methods=["GET"]),
    Route("/sign-in", take, methods=["POST"]),
    Route("/sign-in/with", with_provider, methods=["GET"]),
    Route("/sign-out", leave, methods=["POST"]),
]
