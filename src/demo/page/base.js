// The demo's page, first part: what all the others stand on.
//
// The files of this folder are one script, in this order: base, rich, message, phone, composer, clock, guide,
// player, tabs, page. The preview of lessons is made of the same ones, with preview instead of the last four. They share one scope, and only the last one does anything by itself. Whatever comes from a chat is
// put on the page as text nodes; nothing here ever writes HTML.
"use strict";

/** What came from the server and what the visitor chose. */
const page = {
  /** The demo's own description: bot, phones, start codes, languages. */
  demo: null,
  /** Language -> key -> text. */
  words: {},
  language: "de",
  /** The three phones, in the order of the description. */
  phones: [],
  /** The phone the visitor is at: its tab is open on a small screen, its messages count as read. */
  current: null,
};

/** Tells whoever waits that something on a phone or on the clock has changed. */
const news = new EventTarget();

const byId = (id) => document.getElementById(id);

/** Makes an element: properties and attributes, then children (nodes or plain text). */
function make(tag, settings = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && typeof value !== "string") node[name] = value;
    else node.setAttribute(name === "className" ? "class" : name, value);
  }
  node.append(...children);
  return node;
}

/** One of the page's drawings. */
function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

const rest = (milliseconds) => new Promise((wake) => setTimeout(wake, milliseconds));

// --- the server -----------------------------------------------------------------------------------------

/** Asks the demo's server; with a body it is a POST. A refusal becomes an Error with the server's words. */
async function ask(path, body) {
  const settings = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, settings);
  const content = await answer.text();
  let data = null;
  try {
    data = content === "" ? {} : JSON.parse(content);
  } catch {
    // Not JSON: the status below says enough.
  }
  if (!answer.ok || data === null || data.error) {
    const words = data?.error ? String(data.error) : `${answer.status} ${answer.statusText}`;
    throw Object.assign(new Error(words), { status: answer.status });
  }
  return data;
}

/** Does something for the visitor; what goes wrong is shown and not thrown. True if it went well. */
async function attempt(deed) {
  try {
    await deed();
    return true;
  } catch (error) {
    showStatus(error.message);
    return false;
  }
}

/** The line for what went wrong. Without a text it goes away. */
function showStatus(text) {
  byId("status").hidden = !text;
  byId("status-text").textContent = text ?? "";
}

// --- words ----------------------------------------------------------------------------------------------

/** Fetches the words of a language, once. */
async function loadWords(language) {
  page.words[language] ??= await ask(`/strings/${encodeURIComponent(language)}`);
}

/** The text of a key. The names of the three people stand in it as %lead%, %deputy% and %trainer%. */
function word(key, language = page.language) {
  const text = page.words[language]?.[key] ?? page.words.de?.[key] ?? key;
  return text.replace(/%(lead|deputy|trainer)%/g, (_, role) => phoneOf(role)?.name ?? role);
}

/** Fills in the words of everything below an element that names a key. */
function fillWords(root, language) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word, language);
  const attributes = { wordLabel: "aria-label", wordTitle: "title", wordPlaceholder: "placeholder" };
  for (const [from, to] of Object.entries(attributes)) {
    const selector = `[data-${from.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}]`;
    const nodes = [...root.querySelectorAll(selector), ...(root.matches?.(selector) ? [root] : [])];
    for (const node of nodes) node.setAttribute(to, word(node.dataset[from], language));
  }
}

/** Buttons to choose a language, the chosen one pressed. */
function fillLanguageChoice(group, chosen, choose) {
  const languages = page.demo.languages;
  if (group.childElementCount !== languages.length) {
    group.replaceChildren(...languages.map((language) =>
      make("button", { type: "button", value: language, title: languageName(language), onclick: () => choose(language) },
        language.toUpperCase())));
  }
  for (const button of group.children) {
    button.setAttribute("aria-pressed", String(button.value === chosen));
  }
}

/** A language's own name for itself. */
function languageName(language) {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}

/** The phone of a role, if it is on the page. */
function phoneOf(role) {
  return page.phones.find((phone) => phone.role === role) ?? null;
}
