"""Starts bot.py against a strict server and plays a person's part through the control routes.

Usage: drive.py BOT_API_ADDRESS CONTROL_ADDRESS
Prints `third-party bot: ok`, or what went wrong, and ends with 1.
"""

import json
import pathlib
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

TOKEN = "424242:third-party_Token"
PERSON = 987001
PATIENCE = 30.0


def control(address: str, path: str, body: dict | None = None, **query: str) -> dict:
    """One request to the control routes; an error's words become the exception's."""
    url = f"{address}{path}?{urllib.parse.urlencode({'token': TOKEN, **query})}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=40) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{path}: {error.code} {error.read().decode()}") from error


def wait_for(address: str, what: str, holds) -> dict:
    """Watches the phone until something can be seen on it."""
    deadline = time.monotonic() + PATIENCE
    view = control(address, f"/phones/{PERSON}")
    while not holds(view):
        if time.monotonic() > deadline:
            raise SystemExit(f"never seen: {what}; the phone shows {json.dumps(view, ensure_ascii=False)}")
        view = control(address, f"/phones/{PERSON}", after=str(view["revision"]), wait="5")
    return view


def expect(condition: bool, what: str, view: dict) -> None:
    if not condition:
        raise SystemExit(f"not as expected: {what}; the phone shows {json.dumps(view, ensure_ascii=False)}")


def play(address: str) -> None:
    say = f"/phones/{PERSON}/text"
    control(address, say, {"text": "/start", "name": "Ada <3", "language": "en"})
    view = wait_for(address, "a greeting with buttons", lambda v: any(m["buttons"] for m in v["messages"]))
    greeting = view["messages"][-1]
    expect(greeting["text"] == "Hello Ada <3, what do you drink?", "the greeting's text", view)
    expect([b["label"] for b in greeting["buttons"][0]] == ["Tea", "Coffee"], "two buttons", view)
    expect(any(c["command"] == "start" for c in view["commands"]), "the menu", view)

    control(address, f"/phones/{PERSON}/press", {"button": "Coffee"})
    view = wait_for(address, "the edit", lambda v: v["messages"][-1]["edited"])
    expect(view["messages"][-1]["text"] == "You chose coffee.", "the edited text", view)
    expect(view["messages"][-1]["buttons"] == [], "no buttons any more", view)
    expect(view["toasts"][-1]["text"] == "Noted", "the note", view)

    control(address, say, {"text": "abc ü😀"})
    wait_for(address, "the echo", lambda v: v["messages"][-1]["text"] == "😀ü cba")
    control(address, say, {"text": "/table"})
    view = wait_for(address, "a document", lambda v: v["messages"][-1]["document"])
    expect(view["messages"][-1]["document"]["name"] == "table.csv", "the file's name", view)


def main() -> None:
    api, address = (argument.rstrip("/") for argument in sys.argv[1:3])
    bot = pathlib.Path(__file__).with_name("bot.py")
    process = subprocess.Popen([sys.executable, str(bot), api, TOKEN], stderr=subprocess.PIPE, text=True)
    try:
        play(address)
        if process.poll() is not None:
            raise SystemExit("the bot has ended")
    except SystemExit:
        process.terminate()
        sys.stderr.write(process.communicate()[1])
        raise
    process.terminate()
    process.communicate()
    print("third-party bot: ok")


if __name__ == "__main__":
    main()
