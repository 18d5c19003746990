"""A person with a role."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["manager", "viewer", "guest"]
Door = Literal["", "password", "openid"]


@dataclass(frozen=True)
class Reader:
    """`name` is an e-mail address or, without one, empty; `door` is how they came in, empty at the machine itself."""

    role: Role
    name: str = ""
    door: Door = ""
    share: str = ""  # of a guest: the one link that lets them in

    @property
    def manages(self) -> bool:
        """May import, set targets, share and change settings."""
        return self.role == "manager"

    @property
    def sees_personal_data(self) -> bool:
        return self.role == "manager"

    @property
    def called(self) -> str:
        """Who this is, in words."""
        return f"{self.name} ({self.role})" if self.name else self.role.capitalize()
