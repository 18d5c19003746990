"""Business time as plainly as it can be told: minute after minute, is somebody there?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from data.derived.calendars import DAY, Calendar

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Watch:
    """A calendar without a country, and the clock it hangs under."""

    calendar: Calendar
    zone: str

    def there(self, moment: datetime) -> bool:
        """Whether somebody is there at this moment (UTC), by the clock on the wall."""
        wall = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(self.zone))
        minute = wall.hour * 60 + wall.minute
        return self.shift(wall.date(), minute) or self.shift(wall.date() - timedelta(days=1), minute + DAY)

    def shift(self, day: date, minute: int) -> bool:
        for free, yearly in self.calendar.free_days:
            if day == free or (yearly and (day.month, day.day) == (free.month, free.day)):
                return False
        return any(opens <= minute < closes for opens, closes in self.calendar.hours.get(day.isoweekday(), ()))

    def between(self, since: datetime, until: datetime) -> float:
        """Minutes in which somebody was there."""
        seconds, at = 0.0, since
        while at < until:
            ends = min(until, at.replace(second=0, microsecond=0) + MINUTE)
            seconds += (ends - at).total_seconds() * self.there(at)
            at = ends
        return seconds / 60
