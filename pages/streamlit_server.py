"""What is used of Streamlit's server beyond its public interface: all of it here, so that an upgrade is read in one place.

Tried with the version pinned in requirements.txt; tests of sign-in, gate and upload fail where one of these has moved.
"""

from collections.abc import Mapping
from typing import Any

from streamlit import config, net_util
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.secrets import secrets_singleton
from streamlit.web.server.server_util import allowlisted_origins, get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

__all__ = [
    "USER_COOKIE_NAME",
    "BackMsg",
    "allowlisted_origins",
    "base_path",
    "decode_signed_value",
    "encode_provider_token",
    "get_cookie_secret",
    "get_cookie_with_chunks",
    "get_origin_from_redirect_uri",
    "keep_to_itself",
    "max_upload_bytes",
    "secrets",
]


def secrets(section: str) -> Mapping[str, Any]:
    """A section of secrets.toml; empty where there is no file or no such section. Raises what reading a broken file raises."""
    found = secrets_singleton.load_if_toml_exists()
    return (secrets_singleton.get(section) or {}) if found else {}


def base_path() -> str:
    """The path that the app lives under, without slashes around it; mostly empty."""
    return str(config.get_option("server.baseUrlPath")).strip("/")


def max_upload_bytes() -> int:
    """`server.maxUploadSize` in .streamlit/config.toml, in bytes."""
    return int(config.get_option("server.maxUploadSize")) << 20


def keep_to_itself() -> None:
    """Asked by a page of another site, Streamlit would have a stranger tell it this machine's outside address."""
    net_util.get_external_ip = lambda: None
