// The demo's page: its clock. Time runs as it does everywhere; the visitor may jump ahead, and everything
// that falls due on the way is done first.

/** How often the clock is compared with the server's, in milliseconds. */
const CLOCK_EVERY = 5000;

/** The server's time when it was asked, and when that was. */
const clock = { now: null, asked: 0, zone: "UTC", next: null, busy: false, touched: false };

/** Starts the clock of the page. */
async function startClock() {
  byId("next").addEventListener("click", () => {
    if (byId("next").getAttribute("aria-disabled") !== "true") attempt(() => moveClock({ next: true }));
  });
  byId("jump").addEventListener("submit", (event) => {
    event.preventDefault();
    clock.touched = false;
    attempt(() => moveClock({ to: byId("jump-to").value }));
  });
  // On a small screen the form opens on demand.
  byId("jump-toggle").addEventListener("click", () => {
    const open = byId("jump").classList.toggle("open");
    byId("jump-toggle").setAttribute("aria-expanded", String(open));
    if (open) byId("jump-to").focus();
  });
  byId("jump-to").addEventListener("input", () => { clock.touched = true; });
  setInterval(showClock, 1000);
  await readClock();
  // What happens in a chat changes what is due next.
  let waiting = null;
  news.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (!clock.busy) readClock(); }, 400);
  });
  setInterval(() => { if (!clock.busy && !document.hidden) readClock(); }, CLOCK_EVERY);
}

async function readClock() {
  try {
    const answer = await ask("/clock");
    // While the clock is being moved, its old time may still arrive.
    if (!clock.busy) setClock(answer);
  } catch {
    // The phones notice a lost connection too, and say so.
  }
}

/** Moves the clock and waits until all that was due until then is done. */
async function moveClock(to) {
  if (clock.busy) return;
  setClockBusy(true);
  try {
    setClock(await ask("/clock", to));
  } finally {
    setClockBusy(false);
  }
  news.dispatchEvent(new Event("change"));
}

function setClock({ now, zone, next }) {
  clock.now = Date.parse(now);
  clock.asked = performance.now();
  clock.zone = zone ?? clock.zone;
  clock.next = next ?? null;
  showClock();
  if (!clock.touched) byId("jump-to").value = `${dayOf(clock.now / 1000 + 86_400)}T09:00`;
}

function setClockBusy(busy) {
  clock.busy = busy;
  byId("progress").hidden = !busy;
  for (const control of document.querySelectorAll(".jump input, .jump button")) control.disabled = busy;
  showClock();
}

function showClock() {
  if (clock.now === null) return;
  const now = (clock.now + performance.now() - clock.asked) / 1000;
  const face = byId("now");
  const text = momentText(now, page.language, { weekday: "long", day: "numeric", month: "short", year: "numeric" });
  if (face.textContent !== text) face.textContent = text;
  const next = byId("next");
  next.setAttribute("aria-disabled", String(clock.busy || clock.next === null));
  byId("due").textContent = clock.next === null
    ? word("demo-clock-nothing")
    : momentText(Date.parse(clock.next) / 1000, page.language, { weekday: "short", day: "numeric", month: "numeric" });
}

// --- writing dates --------------------------------------------------------------------------------------

/** Date and time in the demo's zone. */
function momentText(seconds, language, date) {
  return formatted(seconds, language, { ...date, hour: "2-digit", minute: "2-digit", hour12: false, hourCycle: "h23" });
}

/** The time of day in the demo's zone. */
function timeText(seconds, language) {
  return formatted(seconds, language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** A day with its weekday. */
function dateText(seconds, language) {
  return formatted(seconds, language, { weekday: "long", day: "numeric", month: "long" });
}

/** The local day as 2026-11-23, which is how Swedes write it. */
function dayOf(seconds) {
  return formatted(seconds, "sv", { year: "numeric", month: "2-digit", day: "2-digit" });
}

function formatted(seconds, language, format) {
  // British English writes the day first and has 24 hours, as everybody here is used to.
  const locale = language === "en" ? "en-GB" : language;
  return new Intl.DateTimeFormat(locale, { ...format, timeZone: clock.zone }).format(new Date(seconds * 1000));
}
