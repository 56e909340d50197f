// The demo's page: what a person can do on a phone besides pressing buttons: write, choose a command, start,
// pass a link on.

/** Heights between which the text box grows, in pixels. */
const BOX = { least: 40, most: 132 };

/** Wires the text box, the command menu and the sheet of a phone. */
function buildComposer(phone) {
  const { composer, menu, veil } = phone.parts;
  const box = composer.querySelector("textarea");
  const opener = composer.querySelector(".menu-button");
  composer.addEventListener("submit", (event) => {
    event.preventDefault();
    sendBox(phone, box);
  });
  box.addEventListener("keydown", (event) => boxKey(phone, box, event));
  box.addEventListener("input", () => {
    fitBox(box);
    suggestCommands(phone, box.value);
  });
  opener.addEventListener("click", () => {
    if (!menu.hidden) return closeMenu(phone);
    openMenu(phone, phone.commands);
    menu.querySelector("button")?.focus();
  });
  menu.addEventListener("keydown", (event) => menuKey(phone, box, event));
  composer.addEventListener("focusout", (event) => leaveMenu(phone, event));
  menu.addEventListener("focusout", (event) => leaveMenu(phone, event));
  veil.addEventListener("click", () => closeSheet(phone));
}

async function sendBox(phone, box) {
  const text = box.value.trim();
  if (text === "") return;
  closeMenu(phone);
  box.value = "";
  fitBox(box);
  const sent = await attempt(() => phone.write(text));
  if (!sent && box.value === "") {
    box.value = text;
    fitBox(box);
  }
}

function boxKey(phone, box, event) {
  const { menu } = phone.parts;
  // Enter also ends the composing of a character in some scripts; that is not meant for us.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    sendBox(phone, box);
  } else if (event.key === "Escape" && !menu.hidden) {
    event.preventDefault();
    closeMenu(phone);
  } else if (event.key === "ArrowUp" && box.value === "") {
    event.preventDefault();
    lastKey(phone)?.focus();
  } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && !menu.hidden) {
    event.preventDefault();
    (event.key === "ArrowUp" ? menu.lastElementChild : menu.firstElementChild)?.focus();
  }
}

/** The first button of the newest message that has any: the way from the text box back to the buttons. */
function lastKey(phone) {
  const messages = [...phone.parts.log.querySelectorAll(".message")].reverse();
  return messages.map((message) => message.querySelector(".key")).find((key) => key !== null);
}

function fitBox(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(Math.max(box.scrollHeight + 2, BOX.least), BOX.most)}px`;
}

// --- commands -------------------------------------------------------------------------------------------

/** While a command is being written, the menu shows those that begin like it. */
function suggestCommands(phone, text) {
  if (!/^\/\w*$/.test(text)) return closeMenu(phone);
  const fitting = phone.commands.filter(({ command }) => command.startsWith(text.slice(1).toLowerCase()));
  if (fitting.length > 0) openMenu(phone, fitting);
  else closeMenu(phone);
}

function openMenu(phone, commands) {
  const { menu, composer } = phone.parts;
  const items = commands.map(({ command, description }) =>
    make("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: () => chooseCommand(phone, command) },
      make("span", { className: "menu-command" }, `/${command}`), make("span", { className: "menu-text" }, description)));
  const nothing = make("p", { className: "menu-nothing" }, word("demo-commands-none", phone.language));
  menu.replaceChildren(...(items.length > 0 ? items : [nothing]));
  menu.hidden = false;
  menu.scrollTop = 0;
  composer.querySelector(".menu-button").setAttribute("aria-expanded", "true");
}

function closeMenu(phone) {
  const { menu, composer } = phone.parts;
  menu.hidden = true;
  composer.querySelector(".menu-button").setAttribute("aria-expanded", "false");
}

function chooseCommand(phone, command) {
  const box = phone.parts.composer.querySelector("textarea");
  closeMenu(phone);
  box.value = "";
  fitBox(box);
  if (matchMedia("(hover: hover)").matches) box.focus();
  attempt(() => phone.write(`/${command}`));
}

function menuKey(phone, box, event) {
  const { menu } = phone.parts;
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  if (event.key in places) {
    event.preventDefault();
    items.at(places[event.key] % items.length)?.focus();
  } else if (event.key === "Escape") {
    event.preventDefault();
    closeMenu(phone);
    box.focus();
  }
}

/** The menu closes when the keyboard leaves it and the text box. */
function leaveMenu(phone, event) {
  const { menu, composer } = phone.parts;
  const to = event.relatedTarget;
  if (to === null || menu.contains(to) || composer.contains(to)) return;
  closeMenu(phone);
}

// --- the beginning --------------------------------------------------------------------------------------

/** What stands in a chat before its first message: the link that came, or at least a start button. */
function fillEmpty(phone) {
  const { empty } = phone.parts;
  const codes = page.demo.codes ?? {};
  const cards = {
    lead: { code: codes.lead, from: "trainer", text: "demo-empty-lead" },
    deputy: { code: null, from: null, text: "demo-empty-deputy" },
    trainer: { code: codes.trainer, from: null, text: codes.trainer ? "demo-empty-invited" : "demo-empty-trainer" },
  };
  // A phone of the preview has none: its chat begins by itself.
  if (!(phone.role in cards)) return;
  const { code, from, text } = cards[phone.role];
  const sender = from === null ? null : phoneOf(from);
  const avatar = make("span", { className: `avatar large ${sender?.role ?? "bot"}`, "aria-hidden": "true" }, sender ? initials(sender.name) : "T");
  const start = make("button", { type: "button", className: "button start" + (code ? " primary" : "") }, word("demo-start", phone.language));
  start.addEventListener("click", () => {
    // The card goes away with the first message; the keyboard must not be left nowhere.
    if (start.matches(":focus-visible")) phone.node.querySelector("textarea").focus();
    attempt(() => phone.write(code ? `/start ${code}` : "/start"));
  });
  empty.replaceChildren(make("div", { className: "card" }, avatar, make("p", {}, word(text, phone.language)), start));
}

// --- passing a link on ----------------------------------------------------------------------------------

/** Asks which phone gets a link with a start code. The deputy comes first: that is whom links are for. */
function openSheet(phone, code) {
  const { sheet, veil } = phone.parts;
  const before = document.activeElement;
  const others = page.phones.filter((other) => other !== phone).sort((a) => (a.role === "deputy" ? -1 : 1));
  const title = make("h3", { id: `sheet-${phone.role}` }, word("demo-share-title", phone.language));
  const choices = others.map((other) =>
    make("button", { type: "button", className: "choice-phone", onclick: () => passOn(phone, other, code) },
      make("span", { className: `avatar ${other.role}`, "aria-hidden": "true" }, initials(other.name)),
      make("span", {}, other.name),
      make("span", { className: "soft" }, word(ROLE_WORDS[other.role], phone.language))));
  const cancel = make("button", { type: "button", className: "button wide", onclick: () => closeSheet(phone) }, word("demo-cancel", phone.language));
  sheet.setAttribute("aria-labelledby", title.id);
  sheet.replaceChildren(title, make("p", { className: "soft" }, word("demo-share-text", phone.language)), ...choices, cancel);
  sheet.onkeydown = (event) => sheetKey(phone, event);
  sheet.hidden = veil.hidden = false;
  phone.beforeSheet = before;
  choices[0]?.focus({ preventScroll: true });
}

/** Escape closes the sheet, and Tab goes round in it. */
function sheetKey(phone, event) {
  const buttons = [...phone.parts.sheet.querySelectorAll("button")];
  const edge = event.shiftKey ? buttons[0] : buttons.at(-1);
  if (event.key === "Escape") {
    closeSheet(phone);
  } else if (event.key === "Tab" && document.activeElement === edge) {
    event.preventDefault();
    (event.shiftKey ? buttons.at(-1) : buttons[0]).focus();
  }
}

function closeSheet(phone) {
  phone.parts.sheet.hidden = phone.parts.veil.hidden = true;
  if (phone.beforeSheet?.isConnected) phone.beforeSheet.focus({ preventScroll: true });
}

/** The link is opened on the other phone, as if it had been sent there and tapped. */
async function passOn(phone, other, code) {
  closeSheet(phone);
  const done = await attempt(() => other.write(`/start ${code}`));
  if (done) phone.toast(`${word("demo-share-done", phone.language)} ${other.name}`);
}
