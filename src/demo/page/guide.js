// The demo's page: the guided start. What its steps are, how the page sees that one is done, and what would
// be done next in it.
//
// The signs are the data of buttons (see the codec in domain/tap.rs) and who wrote last: never a word, because
// each phone has its own language. A step that was done stays done, whatever its messages become.

/** What the data of buttons looks like: an owner's tag, then the meaning. */
const DATA = {
  enter: /^[^:]*:j:[^:]+:y:[a-z-]+:\d+$/,
  promiseByBoard: /:o:gb$/,
  timesFine: /:o:tf$/,
  home: /^[^:]+:h:[ltam]$/,
  admit: /:r:a:[^:]+$/,
  openLesson: /:m:o$/,
  cardNext: /:l:[^:]+:[^:]+:n$/,
  pick: /:l:[^:]+:[^:]+:p:[^:]+$/,
  check: /:l:[^:]+:[^:]+:c$/,
  undoHours: /:t:u:[^:]+$/,
  cancelAbsence: /:a:c:[^:]+$/,
  acceptCover: /:c:[^:]+:\d+:y$/,
  handover: /:c:[^:]+:\d+:t:\d+$/,
  report: /:r:r:[^:]+$/,
};

/** What a person writes to open the report. */
const REPORT = /^\/(report|bericht)\b/i;

/** If no latecomer is announced to the trainer for this long, there is nobody to admit (milliseconds). */
const NOBODY_WAITS = 4000;

/** What the guide has seen so far. */
const guide = {
  done: new Set(),
  /** Lessons' questions that were seen open, as module:step. */
  asked: new Set(),
  /** The code in the lead's link for the deputy. */
  code: null,
  /** Whether the deputy was ever asked to stand in. */
  coverAsked: false,
  /** When the deputy was ready, by the page's own clock. */
  paired: null,
};

/**
 * The steps: whose they are, their words, their sign, which others they prove, and the next thing to do.
 * `next` gives an action (see player.js), or null while the bot has to answer first.
 */
const STEPS = [
  {
    id: "join", who: "lead", title: "demo-step-join", text: "demo-step-join-text", proves: [],
    done: () => guide.code !== null || find("lead", DATA.home) !== null,
    next: () => joinAs("lead", page.demo.codes.lead)
      ?? (opened("lead") && answered("lead") && !keysOfLatest("lead") ? { write: phoneOf("lead"), text: word("demo-sample-organisation") } : null),
  },
  {
    id: "pair", who: "deputy", title: "demo-step-pair", text: "demo-step-pair-text", proves: ["join"],
    done: () => find("deputy", DATA.home) !== null,
    next: () => joinAs("deputy", guide.code, "lead"),
  },
  {
    id: "admit", who: "trainer", title: "demo-step-admit", text: "demo-step-admit-text", proves: [],
    // Not for good: at night the question reaches the trainer only in the morning.
    loose: true,
    done: () => guide.done.has("lesson") || pressed("trainer", DATA.admit)
      || (guide.paired !== null && performance.now() - guide.paired > NOBODY_WAITS && find("trainer", DATA.admit) === null),
    next: () => pressAction(find("trainer", DATA.admit)),
  },
  {
    id: "lesson", who: "clock", title: "demo-step-lesson", text: "demo-step-lesson-text", proves: ["join", "pair"],
    done: () => find("lead", DATA.openLesson) !== null || find("lead", DATA.cardNext) !== null,
    next: () => (pressed("trainer", DATA.admit) ? null : pressAction(find("trainer", DATA.admit))) ?? { clock: true },
  },
  {
    id: "learn", who: "lead", title: "demo-step-learn", text: "demo-step-learn-text", proves: ["join", "pair", "lesson"],
    done: () => pressed("lead", DATA.pick) ? questionAnswered() || pressed("lead", DATA.check) : questionAnswered(),
    next: () => pressAction(openStep()),
  },
  {
    id: "hours", who: "lead", title: "demo-step-hours", text: "demo-step-hours-text", proves: ["join"],
    done: () => find("lead", DATA.undoHours) !== null,
    next: () => writeOnce("lead", word("demo-sample-hours")),
  },
  {
    id: "away", who: "lead", title: "demo-step-away", text: "demo-step-away-text", proves: ["join"],
    done: () => find("lead", DATA.cancelAbsence) !== null,
    next: () => writeOnce("lead", word("demo-sample-away")),
  },
  {
    id: "cover", who: "deputy", title: "demo-step-cover", text: "demo-step-cover-text", proves: ["pair", "away"],
    done: () => pressed("deputy", DATA.acceptCover) || find("deputy", DATA.handover) !== null
      || (guide.coverAsked && find("deputy", DATA.acceptCover) === null),
    next: () => pressAction(find("deputy", DATA.acceptCover)),
  },
  {
    id: "report", who: "trainer", title: "demo-step-report", text: "demo-step-report-text", proves: [],
    done: () => reportShown(),
    next: () => pressAction(answered("trainer") ? latestHit("trainer", DATA.report) : null) ?? writeOnce("trainer", word("demo-sample-report")),
  },
];

/** Looks at the phones: ticks what is done. True if anything has changed. */
function checkGuide() {
  const before = [...guide.done].join();
  remember();
  for (const step of STEPS) {
    if (step.done()) {
      for (const id of [...step.proves, step.id]) guide.done.add(id);
    } else if (step.loose) {
      guide.done.delete(step.id);
    }
  }
  if (guide.done.has("pair")) guide.paired ??= performance.now();
  return before !== [...guide.done].join();
}

/** The first step that is not done, or null at the end. */
function currentStep() {
  return STEPS.find((step) => !guide.done.has(step.id)) ?? null;
}

/** Keeps what a later message may take away again. */
function remember() {
  for (const message of phoneOf("lead").messages) {
    for (const { url, data } of (message.buttons ?? []).flat()) {
      if (url !== undefined) guide.code = startCode(url) ?? guide.code;
      if (DATA.pick.test(data)) guide.asked.add(stepOf(data));
    }
  }
  guide.coverAsked ||= find("deputy", DATA.acceptCover) !== null;
}

// --- signs ----------------------------------------------------------------------------------------------

/** The newest button of a phone whose data has a pattern, with its message; else null. */
function find(role, pattern) {
  const phone = phoneOf(role);
  for (const message of phone.latest()) {
    const hit = hitIn(phone, message, pattern);
    if (hit) return hit;
  }
  return null;
}

/** The same, in the message of the bot's that changed last. */
function latestHit(role, pattern) {
  const phone = phoneOf(role);
  const message = phone.latest().find(({ from }) => from === "bot");
  return message ? hitIn(phone, message, pattern) : null;
}

function hitIn(phone, message, pattern) {
  const button = (message.buttons ?? []).flat().find(({ data }) => data !== undefined && pattern.test(data));
  return button ? { phone, message, button } : null;
}

const pressed = (role, pattern) => phoneOf(role).pressed.some((data) => pattern.test(data));

/** Whether the bot had the last word on a phone. */
const answered = (role) => phoneOf(role).latest()[0]?.from === "bot";

/** Whether a link was opened on a phone. */
const opened = (role) => phoneOf(role).messages.some(({ from, text }) => from === "person" && /^\/start \S/.test(text));

const keysOfLatest = (role) => (phoneOf(role).latest()[0]?.buttons ?? []).length > 0;

/** The module and step in the data of a lesson's button. */
const stepOf = (data) => data.split(":").slice(2, 4).join(":");

/** A question that was open now offers to go on. */
function questionAnswered() {
  const buttons = phoneOf("lead").messages.flatMap(({ buttons }) => (buttons ?? []).flat());
  const open = new Set(buttons.filter(({ data }) => DATA.pick.test(data)).map(({ data }) => stepOf(data)));
  return buttons.some(({ data }) => DATA.cardNext.test(data) && guide.asked.has(stepOf(data)) && !open.has(stepOf(data)));
}

/** The trainer asked for the report, and the bot has answered. */
function reportShown() {
  const { messages } = phoneOf("trainer");
  const asked = messages.findLastIndex(({ from, text }) => from === "person" && REPORT.test(text));
  const answer = asked >= 0 && messages.slice(asked + 1).some(({ from }) => from === "bot");
  return pressed("trainer", DATA.report) || (answer && latestHit("trainer", DATA.report) === null);
}

// --- what to do next ------------------------------------------------------------------------------------

const pressAction = (hit) => (hit === null ? null : { press: hit });

/** Opens a link on a phone where it was not opened yet, then takes the ordinary way on. */
function joinAs(role, code, sharedBy) {
  const phone = phoneOf(role);
  if (!opened(role)) return code ? { write: phone, text: `/start ${code}`, sharedBy } : null;
  for (const pattern of [DATA.timesFine, DATA.promiseByBoard, DATA.enter]) {
    const hit = latestHit(role, pattern);
    if (hit) return { press: hit };
  }
  return null;
}

/** Writes a text unless it is what was written last and the bot still has to answer it. */
function writeOnce(role, text) {
  const phone = phoneOf(role);
  return phone.latest()[0]?.from === "person" ? null : { write: phone, text };
}

/** Where the lead stands in the lesson. Any answer will do: there is an explanation for each. */
function openStep() {
  const pick = latestHit("lead", DATA.pick);
  const check = latestHit("lead", DATA.check);
  if (pick && check) return pressed("lead", DATA.pick) ? check : pick;
  return pick ?? latestHit("lead", DATA.cardNext) ?? find("lead", DATA.openLesson);
}
