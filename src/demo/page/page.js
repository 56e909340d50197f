// The demo's page, last part: puts it together. Languages, theme, tabs, and the beginning.
//
// The address may say how the page begins: ?language=en, ?theme=dark, ?guide=off, and ?play to have the whole
// guide played at once (for tests and pictures).

const wishes = new URLSearchParams(location.search);

/** Chooses the language of the page; the phones keep theirs. */
async function choosePageLanguage(language) {
  await loadWords(language);
  page.language = language;
  document.documentElement.lang = language;
  document.title = `Tandem – ${word("demo-title-note")}`;
  fillWords(document.querySelector(".bar"), language);
  fillWords(byId("guide"), language);
  fillWords(byId("status"), language);
  fillWords(document.querySelector(".phones > .tabs").parentElement.querySelector(".tabs"), language);
  fillLanguageChoice(byId("page-language"), language, (chosen) => attempt(() => choosePageLanguage(chosen)));
  buildTabs();
  speakGuide();
  showClock();
}

/** The language to begin with: the address's, else the first of the browser's that the demo speaks. */
function firstLanguage() {
  const known = page.demo.languages;
  const wanted = [wishes.get("language"), ...navigator.languages].filter(Boolean).map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((tag) => known.includes(tag)) ?? known[0];
}

/** Light or dark: the address's wish, else the system's, until the visitor says otherwise. */
function startTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = (theme) => {
    document.documentElement.dataset.theme = theme;
    byId("theme").setAttribute("aria-pressed", String(theme === "dark"));
  };
  let chosen = ["light", "dark"].find((theme) => theme === wishes.get("theme")) ?? null;
  set(chosen ?? (dark.matches ? "dark" : "light"));
  dark.addEventListener("change", () => { if (chosen === null) set(dark.matches ? "dark" : "light"); });
  byId("theme").addEventListener("click", () => {
    chosen = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    set(chosen);
  });
}

function startGuideToggle() {
  const toggle = byId("guide-toggle");
  const show = (shown) => {
    byId("guide").hidden = !shown;
    toggle.setAttribute("aria-expanded", String(shown));
    document.body.classList.toggle("unguided", !shown);
    if (page.phones.every((phone) => phone.revision !== null)) drawGuide();
  };
  toggle.addEventListener("click", () => show(byId("guide").hidden));
  show(wishes.get("guide") !== "off");
}

// --- the beginning --------------------------------------------------------------------------------------

async function start() {
  startTheme();
  byId("status-close").addEventListener("click", () => showStatus(null));
  byId("tabs").addEventListener("keydown", tabKey);
  page.demo = await ask("/demo.json");
  // All languages at once: each phone has its own.
  await Promise.all(page.demo.languages.map(loadWords));
  await startClock();
  page.phones = page.demo.phones.map((info) => new Phone(info));
  byId("phones").replaceChildren(...page.phones.map((phone) => phone.node));
  for (const phone of page.phones) phone.speak();
  buildGuide();
  attend(page.phones[0]);
  await choosePageLanguage(firstLanguage());
  startGuideToggle();
  for (const phone of page.phones) phone.follow();
  document.body.dataset.ready = "yes";
  if (wishes.has("play")) playAll();
}

/** For tests and for the curious. */
window.tandemDemo = { playAll };

attempt(start);
