// The preview of a lesson: phones that show the same step in each language, the steps to jump to, and files that are
// read anew as they are saved. Every press leads to a screen by the button's data alone, so that the same data shows
// the same step again after a change.

/** How often the server is asked whether files have changed, in milliseconds. */
const LOOK = 700;

/** Colours of phones, which the demo gives to its three people. */
const COLOURS = ["lead", "deputy", "trainer"];

const preview = {
  version: null,
  /** Lessons with their steps, as the server has them. */
  lessons: [],
  /** The lesson whose steps are listed, by its id. */
  lesson: null,
};

const wishes = new URLSearchParams(location.search);

/** The step that a button's data leads to: all of it but the owner and how far one is within the step. */
const placeOf = (data) => data.split(":").slice(1, -1).join(":");

/** The step that a phone shows, if it shows one. */
function standsOn(phone) {
  const data = phone.pressed.at(-1);
  return data === undefined ? null : placeOf(data);
}

// --- showing steps --------------------------------------------------------------------------------------

/** Leads a phone to a screen, as if a button there had been pressed. */
async function lead(phone, data) {
  const screen = phone.messages.filter((message) => message.from === "bot").at(-1);
  if (screen === undefined) return;
  phone.pressed.push(data);
  phone.follows = true;
  await ask(phone.path("/press"), { data, message: screen.id });
}

/** All phones jump to a step. */
async function jump(step) {
  await Promise.all(page.phones.map((phone) => lead(phone, step.data[phone.chat])));
  markStep();
}

/** All phones show what they showed, from the files of now. */
async function showAgain() {
  await Promise.all(page.phones.map((phone) => {
    const data = phone.pressed.at(-1);
    return data === undefined ? null : lead(phone, data);
  }));
}

/** The phones jump to the lesson's first step, and its steps are listed once they stand there. */
function chooseLesson(id) {
  const lesson = preview.lessons.find((known) => known.id === id);
  if (lesson) attempt(() => jump(lesson.steps[0]));
}

function lessonShown() {
  return preview.lessons.find((lesson) => lesson.id === preview.lesson) ?? null;
}

function drawLessons() {
  byId("lesson").replaceChildren(...preview.lessons.map((lesson) =>
    make("option", { value: lesson.id, selected: lesson.id === preview.lesson }, `${lesson.id} · ${lesson.title}`)));
}

function drawSteps() {
  const lesson = lessonShown();
  byId("guide-title").textContent = lesson?.title ?? "";
  byId("steps").replaceChildren(...(lesson?.steps ?? []).map((step, place) => {
    const button = make("button", { type: "button", className: "step-title", onclick: () => attempt(() => jump(step)) },
      make("span", { className: "step-number", "aria-hidden": "true" }, String(place + 1)),
      make("span", { className: "step-name" }, step.title),
      make("span", { className: "step-kind" }, step.kind));
    return make("li", { className: "step", "data-place": step.place }, button);
  }));
  markStep();
}

/** Marks the step that the current phone shows; a phone that went on to another lesson takes the list along. */
function markStep() {
  const place = page.current === null ? null : standsOn(page.current);
  const lesson = preview.lessons.find((known) => known.steps.some((step) => step.place === place));
  if (lesson && lesson.id !== preview.lesson) {
    preview.lesson = lesson.id;
    byId("lesson").value = lesson.id;
    return drawSteps();
  }
  let at = 0;
  for (const [nth, node] of [...byId("steps").children].entries()) {
    const current = node.dataset.place === place;
    if (current) at = nth + 1;
    node.classList.toggle("current", current);
    node.firstElementChild.setAttribute("aria-current", current ? "step" : "false");
  }
  byId("guide-count").textContent = at === 0 ? "" : `${at}/${byId("steps").children.length}`;
}

// --- files that change ----------------------------------------------------------------------------------

async function look() {
  const now = await ask("/preview.json");
  byId("findings").hidden = now.findings.length === 0;
  byId("findings-text").textContent = now.findings.join("\n");
  if (now.version === preview.version) return;
  const first = preview.version === null;
  preview.version = now.version;
  preview.lessons = now.lessons;
  preview.lesson ??= now.start.lesson;
  drawLessons();
  drawSteps();
  if (first) return;
  await showAgain();
  const time = new Intl.DateTimeFormat(page.language, { timeStyle: "medium" }).format(new Date());
  byId("news").textContent = `${word("demo-preview-taken")} ${time}`;
}

async function keepLooking() {
  for (;;) {
    await rest(LOOK);
    try {
      await look();
    } catch {
      // The phones notice a lost connection too, and say so.
    }
  }
}

// --- the beginning --------------------------------------------------------------------------------------

async function choosePageLanguage(language) {
  page.language = language;
  document.documentElement.lang = language;
  document.title = `Tandem – ${word("demo-preview-title")}`;
  for (const part of [document.querySelector(".bar"), byId("guide"), byId("status"), byId("tabs")]) fillWords(part, language);
  byId("hint").textContent = word(page.demo.follows ? "demo-preview-hint" : "demo-preview-built-in");
  fillLanguageChoice(byId("page-language"), language, (chosen) => attempt(() => choosePageLanguage(chosen)));
  buildTabs();
}

function startTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = (theme) => {
    document.documentElement.dataset.theme = theme;
    byId("theme").setAttribute("aria-pressed", String(theme === "dark"));
  };
  set(["light", "dark"].find((theme) => theme === wishes.get("theme")) ?? (dark.matches ? "dark" : "light"));
  byId("theme").addEventListener("click", () => set(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
}

/** A phone of the preview: named after its language. */
function buildPhone(info, place) {
  ROLE_WORDS[info.role] = `demo-preview-${info.status}`;
  const phone = new Phone(info);
  phone.colour = COLOURS[place % COLOURS.length];
  phone.node.classList.add(phone.colour);
  return phone;
}

async function start() {
  startTheme();
  clock.zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  byId("status-close").addEventListener("click", () => showStatus(null));
  byId("tabs").addEventListener("keydown", tabKey);
  byId("lesson").addEventListener("change", () => chooseLesson(byId("lesson").value));
  page.demo = await ask("/demo.json");
  await Promise.all(page.demo.languages.map(loadWords));
  page.phones = page.demo.phones.map(buildPhone);
  byId("phones").replaceChildren(...page.phones.map((phone) => phone.node));
  for (const phone of page.phones) phone.speak();
  attend(page.phones[0]);
  const wanted = [wishes.get("language"), ...navigator.languages].filter(Boolean).map((tag) => tag.slice(0, 2));
  await choosePageLanguage(wanted.find((tag) => page.demo.languages.includes(tag)) ?? page.demo.languages[0]);
  await look();
  for (const phone of page.phones) phone.follow();
  while (!page.phones.every((phone) => phone.messages.some((message) => message.from === "bot"))) await rest(50);
  const { place } = (await ask("/preview.json")).start;
  const step = lessonShown()?.steps.find((known) => known.place === place) ?? lessonShown()?.steps[0];
  if (step) await jump(step);
  news.addEventListener("change", markStep);
  byId("phones").addEventListener("focusin", markStep);
  document.body.dataset.ready = "yes";
  keepLooking();
}

attempt(start);
