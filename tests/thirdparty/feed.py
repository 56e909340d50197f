"""Reads a calendar feed with the `icalendar` package and says what is wrong with it.

Usage: feed.py FILE
"""

import datetime
import sys

import icalendar


def main(path: str) -> None:
    raw = open(path, "rb").read()
    lines = raw.split(b"\r\n")
    assert lines[-1] == b"", "the last line has no end"
    for line in lines:
        assert len(line) <= 75 and b"\n" not in line and b"\r" not in line, line
        line.decode("utf-8")
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors, calendar.errors
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    events = calendar.events
    assert events and len(events) == len(calendar.subcomponents), "only events, and some"
    uids = [str(event["UID"]) for event in events]
    assert len(set(uids)) == len(uids), uids
    for event in events:
        assert not event.errors, event.errors
        for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "TRANSP"):
            assert name in event, f"{name} is missing in {event}"
        assert event["TRANSP"] == "TRANSPARENT"
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(start) is type(end) and start < end, (start, end)
        if isinstance(start, datetime.datetime):
            assert start.utcoffset() == datetime.timedelta(0), start
        assert event.decoded("DTSTAMP").utcoffset() == datetime.timedelta(0)
        assert int(event["SEQUENCE"]) >= 0
    away = [event for event in events if event["SUMMARY"] == "Abwesend"]
    assert len(away) == 1, [str(event["SUMMARY"]) for event in events]
    assert away[0].decoded("DTSTART") == datetime.date(2026, 12, 24)
    assert away[0].decoded("DTEND") == datetime.date(2027, 1, 4)
    print(f"calendar: ok, {len(events)} events")


main(sys.argv[1])
