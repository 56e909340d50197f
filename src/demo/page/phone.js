// The demo's page: one phone. Follows its chat on the server and shows it: bubbles, buttons, edits in place.

/** How long the server may hold a question for news, in seconds. */
const WAIT = 20;

/** How long a note from the bot lies over the chat, in milliseconds. */
const TOAST_TIME = 4500;

/** How long a bot counts as writing (Bot API, sendChatAction), in milliseconds. */
const TYPING_TIME = 5000;

/** A chat is at its end if not more than this is hidden below, in pixels. */
const NEAR_END = 60;

class Phone {
  constructor(info) {
    this.chat = info.chat;
    this.role = info.role;
    this.name = info.name;
    this.language = info.language;
    this.revision = null;
    this.messages = [];
    this.commands = [];
    /** Message id -> its node, how it looked last, and when it last changed (a counter, not a time). */
    this.shown = new Map();
    this.changes = 0;
    /** How many notes the bot has shown, which may be all the answer that a button gets. */
    this.notes = 0;
    /** The data of the buttons pressed here, which the guide looks at. */
    this.pressed = [];
    this.toasted = new Map();
    this.unread = 0;
    /** Whether the chat stays at its end as messages come. */
    this.follows = true;
    /** Where the page itself scrolled last, and until when it may still be on its way. */
    this.steered = { top: 0, until: 0 };
    this.build();
  }

  build() {
    this.node = byId("phone-template").content.firstElementChild.cloneNode(true);
    this.node.id = `phone-${this.role}`;
    this.node.classList.add(this.role);
    this.parts = Object.fromEntries(
      ["avatar", "name", "role", "typing", "badge", "tongue", "log", "empty", "below", "toasts", "menu", "veil", "sheet", "composer"]
        .map((name) => [name, this.node.querySelector(`.${name}`)]));
    const { name, avatar, log, below } = this.parts;
    name.id = `name-${this.role}`;
    this.node.setAttribute("aria-labelledby", name.id);
    name.textContent = this.name;
    avatar.textContent = initials(this.name);
    for (const kind of ["pointerdown", "focusin"]) this.node.addEventListener(kind, () => attend(this));
    log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    below.addEventListener("click", () => this.toEnd(true));
    // A chat at its end stays there when its frame grows or shrinks.
    new ResizeObserver(() => { if (this.follows) this.toEnd(); }).observe(log);
    buildComposer(this);
  }

  /** Writes all words of the phone anew; they are in the language of the phone, not of the page. */
  speak() {
    this.node.lang = this.language;
    fillWords(this.node, this.language);
    this.parts.role.querySelector(".role-word").textContent = word(ROLE_WORDS[this.role], this.language);
    this.parts.log.setAttribute("aria-label", `${this.name}: ${word("demo-chat", this.language)}`);
    fillLanguageChoice(this.parts.tongue, this.language, (language) => this.chooseLanguage(language));
    fillEmpty(this);
    for (const message of this.messages) this.shown.get(message.id).look = "";
    this.showMessages(true);
  }

  // --- following the chat -------------------------------------------------------------------------------

  /** Asks for news for ever. While nobody looks at the page, connections are not held open. */
  async follow() {
    let failures = 0;
    for (;;) {
      const asked = performance.now();
      let pause = document.hidden ? 1500 : 0;
      try {
        const wait = document.hidden ? 0 : WAIT;
        const query = this.revision === null ? {} : { after: this.revision, wait };
        const before = this.revision;
        this.receive(await this.look(query));
        if (failures > 0) showStatus(null);
        failures = 0;
        // A server that does not hold the question must not be asked in a tight loop.
        if (this.revision === before && performance.now() - asked < 300) pause = Math.max(pause, 700);
      } catch {
        failures += 1;
        if (failures === 2) showStatus(word("demo-offline"));
        pause = Math.min(500 * 2 ** failures, 8000);
      }
      if (pause > 0) await rest(pause);
    }
  }

  /** The chat as the server shows it. One that nobody has written in yet may not exist there: it is empty. */
  async look(query) {
    try {
      return await ask(this.path("", query));
    } catch (error) {
      if (error.status !== 404) throw error;
      return { revision: 0, messages: [] };
    }
  }

  /** An address of this chat. The token says which bot is meant: others may be at work on the same server. */
  path(action, query = {}) {
    const { token } = page.demo;
    return `/phones/${this.chat}${action}?${new URLSearchParams(token ? { token, ...query } : query)}`;
  }

  receive(chat) {
    const first = this.revision === null;
    const spoken = this.language;
    this.revision = chat.revision;
    this.messages = chat.messages ?? [];
    this.commands = chat.commands ?? [];
    this.language = chat.language ?? this.language;
    this.showTyping(Boolean(chat.typing));
    this.showMessages(first);
    if (this.language !== spoken) this.speak();
    this.showToasts(chat.toasts ?? [], first);
    this.parts.empty.hidden = this.messages.length > 0;
    news.dispatchEvent(new Event("change"));
  }

  /** The messages, the last changed one first. */
  latest() {
    return [...this.messages].sort((a, b) => this.shown.get(b.id).change - this.shown.get(a.id).change);
  }

  // --- showing it ---------------------------------------------------------------------------------------

  /** Brings the bubbles in line with the messages; unchanged ones are not touched. */
  showMessages(first) {
    const { log } = this.parts;
    // A screen reader says what is new, not the whole chat when it is opened or redrawn.
    log.setAttribute("aria-live", first ? "off" : "polite");
    const anchor = this.follows ? null : this.anchor();
    const focused = log.contains(document.activeElement) ? document.activeElement : null;
    const kept = new Set();
    let day = null;
    let place = log.firstChild;
    const put = (node) => {
      if (node === place) place = place.nextSibling;
      else log.insertBefore(node, place);
      kept.add(node);
    };
    let fresh = 0;
    for (const message of this.messages) {
      const date = dayOf(message.date);
      if (date !== day) put(this.dayNode(message.date, date));
      day = date;
      if (this.showMessage(message, first)) fresh += 1;
      put(this.shown.get(message.id).node);
    }
    for (const node of [...log.childNodes]) if (!kept.has(node)) node.remove();
    const present = new Set(this.messages.map((message) => message.id));
    for (const id of [...this.shown.keys()]) if (!present.has(id)) this.shown.delete(id);
    if (!first && fresh > 0 && page.current !== this) this.setUnread(this.unread + fresh);
    this.keepFocus(focused);
    if (anchor) this.steer(log.scrollTop + anchor.node.offsetTop - anchor.top);
    else this.toEnd(!first);
    this.updateBelow();
  }

  /** Shows one message. True if it is a new one of the bot's. */
  showMessage(message, first) {
    const look = JSON.stringify([message.text, message.entities, message.buttons, message.document, message.photo, message.edited]);
    const known = this.shown.get(message.id);
    if (known?.look === look) return false;
    const bot = message.from === "bot";
    const node = known?.node ?? make("div", { className: `message ${bot ? "bot" : "person"}` });
    node.replaceChildren(...messageParts(this, message));
    const redrawn = known?.look === "";
    const change = redrawn ? known.change : (this.changes += 1);
    this.shown.set(message.id, { node, look, change });
    if (!first && !redrawn) flash(node, known ? "changed" : "fresh");
    return !known && bot;
  }

  dayNode(date, day) {
    const text = dateText(date, this.language);
    const known = this.parts.log.querySelector(`.day[data-day="${day}"]`);
    if (known) {
      if (known.firstChild.textContent !== text) known.firstChild.textContent = text;
      return known;
    }
    return make("div", { className: "day", "data-day": day }, make("span", {}, text));
  }

  /** Somebody at the keyboard stays where they are when the button they pressed is replaced. */
  keepFocus(focused) {
    if (focused === null || focused.isConnected) return;
    const visibly = this.keyboard;
    const data = focused.dataset?.key;
    const newest = this.parts.log.querySelector(".message:last-child");
    const around = this.focusedMessage?.isConnected ? this.focusedMessage : newest;
    const keys = [...(around?.querySelectorAll(".key") ?? [])];
    const next = keys.find((key) => key.dataset.key === data) ?? keys[0];
    if (next) next.focus({ preventScroll: true });
    else if (visibly) this.node.querySelector("textarea").focus({ preventScroll: true });
  }

  /** That the bot is writing holds for a few seconds; its end is no news from the server. */
  showTyping(typing) {
    this.parts.typing.hidden = !typing;
    this.parts.role.classList.toggle("writes", typing);
    clearTimeout(this.typingEnd);
    if (typing) this.typingEnd = setTimeout(() => this.showTyping(false), TYPING_TIME);
  }

  /** Notes from the bot; those that were there before are not repeated. */
  showToasts(toasts, first) {
    const counts = new Map();
    for (const toast of toasts) {
      const key = `${toast.at} ${toast.text}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (first || count <= (this.toasted.get(key) ?? 0)) continue;
      this.notes += 1;
      this.toast(toast.text);
    }
    this.toasted = counts;
  }

  /** Lays a note over the chat for a moment. */
  toast(text) {
    const note = make("p", { className: "toast" }, text);
    this.parts.toasts.append(note);
    setTimeout(() => note.remove(), TOAST_TIME);
  }

  // --- where the chat stands ----------------------------------------------------------------------------

  /** The first message in view, to put it back where it was when something above it grows or shrinks. */
  anchor() {
    const { log } = this.parts;
    const node = [...log.children].find((child) => child.offsetTop + child.offsetHeight > log.scrollTop);
    return node ? { node, top: node.offsetTop } : null;
  }

  /** Scrolls to the newest message; one that is taller than the chat is shown from its beginning. */
  toEnd(smoothly) {
    const { log } = this.parts;
    const last = log.lastElementChild;
    if (!last) return;
    this.follows = true;
    const end = log.scrollHeight - log.clientHeight;
    const top = last.offsetTop - 12;
    this.steer(Math.min(end, Math.max(top, 0)), smoothly);
    this.updateBelow();
  }

  steer(top, smoothly = false) {
    const calm = !smoothly || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.steered = { top, until: calm ? 0 : performance.now() + 600 };
    this.parts.log.scrollTo({ top, behavior: calm ? "instant" : "smooth" });
  }

  scrolled() {
    const { top, until } = this.steered;
    // What the page did itself is not the visitor's wish to read further up.
    const ours = performance.now() < until || Math.abs(this.parts.log.scrollTop - top) < 2;
    if (this.hiddenBelow() < NEAR_END) this.follows = true;
    else if (!ours) this.follows = false;
    this.updateBelow();
  }

  hiddenBelow() {
    const { log } = this.parts;
    return log.scrollHeight - log.clientHeight - log.scrollTop;
  }

  updateBelow() {
    const { below } = this.parts;
    below.hidden = this.follows || this.hiddenBelow() < NEAR_END;
    below.querySelector(".below-count").textContent = this.unread > 0 ? String(this.unread) : "";
  }

  setUnread(count) {
    this.unread = count;
    const { badge } = this.parts;
    badge.hidden = count === 0;
    badge.textContent = String(count);
    badge.setAttribute("aria-label", `${count} ${word("demo-unread", this.language)}`);
    updateTabs();
  }

  // --- what a person does -------------------------------------------------------------------------------

  /** Writes a text; the answer names the revision from which on it can be seen. */
  async write(text) {
    this.follows = true;
    return ask(this.path("/text"), { text });
  }

  /** Presses a button under a message: asks the bot, shares a link, or opens an address. */
  async press(message, button) {
    this.follows = true;
    if (button.url !== undefined) {
      const code = startCode(button.url);
      if (code !== null) openSheet(this, code);
      else if (safeAddress(button.url)) window.open(button.url, "_blank", "noopener,noreferrer");
      return;
    }
    if (button.data !== undefined) this.pressed.push(button.data);
    const pressed = button.data === undefined ? { button: button.label } : { data: button.data, message: message.id };
    await ask(this.path("/press"), pressed);
  }

  async chooseLanguage(language) {
    const done = await attempt(() => ask(this.path("/language"), { language }));
    if (!done) return;
    this.language = language;
    this.speak();
    // The bot takes the app's language only at first sight; afterwards it is a setting of its own.
    if (this.messages.length > 0) this.toast(word("demo-phone-language-hint", language));
  }
}

/** The words for the three roles. */
const ROLE_WORDS = { lead: "demo-role-lead", deputy: "demo-role-deputy", trainer: "demo-role-trainer" };

/** The visitor turns to a phone: it is the current one, and its messages are read. */
function attend(phone) {
  page.current = phone;
  for (const other of page.phones) other.node.classList.toggle("shown", other === phone);
  phone.setUnread(0);
  updateTabs();
  phone.updateBelow();
}
