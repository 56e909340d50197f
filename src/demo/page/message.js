// The demo's page: one message as nodes: its bubble, its file, the buttons below it.

/** What a message consists of on the page. */
function messageParts(phone, message) {
  const author = message.from === "bot" ? "Tandem" : phone.name;
  const bubble = make("div", { className: "bubble" }, make("span", { className: "unseen" }, `${author}: `));
  if (message.photo) bubble.append(photoNode(phone, message));
  if (message.document) bubble.append(documentNode(phone, message.document));
  // A sticker or a voice message stands as its emoji.
  if (message.media) bubble.append(make("div", { className: "media" }, message.media));
  if (message.text) bubble.append(make("div", { className: "text" }, ...richNodes(visibleText(message), message.entities, deedsOf(phone))));
  const meta = make("span", { className: "meta" });
  if (message.edited) meta.append(make("span", {}, word("demo-edited", phone.language)), " ");
  meta.append(make("time", { datetime: new Date(message.date * 1000).toISOString() }, timeText(message.date, phone.language)));
  bubble.append(meta);
  const rows = (message.buttons ?? []).map((row) =>
    make("div", { className: "keys" }, ...row.map((button) => keyNode(phone, message, button))));
  return [bubble, ...rows];
}

/** The code behind /start travels unseen, as in a real app. */
function visibleText(message) {
  return message.from === "person" ? message.text.replace(/^\/start \S+$/, "/start") : message.text;
}

/** What the links and commands within a text do on this phone. */
function deedsOf(phone) {
  return {
    word: (key) => word(key, phone.language),
    write: (text) => attempt(() => phone.write(text)),
    share: (code) => openSheet(phone, code),
  };
}

function keyNode(phone, message, button) {
  const away = button.url !== undefined;
  const key = make("button", { type: "button", className: "key" }, make("span", {}, button.label));
  key.dataset.key = button.data ?? button.url ?? button.label;
  if (away) key.append(icon(startCode(button.url) === null ? "out" : "forward"));
  key.addEventListener("click", async () => {
    if (key.getAttribute("aria-busy") === "true") return;
    phone.keyboard = key.matches(":focus-visible");
    phone.focusedMessage = key.closest(".message");
    key.setAttribute("aria-busy", String(!away));
    await attempt(() => phone.press(message, button));
    // The answer usually redraws the message; if it is only a note, the button is free again.
    setTimeout(() => key.removeAttribute("aria-busy"), 700);
  });
  return key;
}

/** A file as a row to download. */
function documentNode(phone, file) {
  const name = file.name ?? word("demo-document", phone.language);
  const note = [word("demo-download", phone.language), ...(Number.isFinite(file.size) ? [sizeText(file.size, phone.language)] : [])];
  const address = phone.path(`/files/${encodeURIComponent(file.file_id)}`);
  return make("a", { className: "document", href: address, download: name },
    icon("file"),
    make("span", {}, make("span", { className: "document-name" }, name), make("span", { className: "document-note" }, note.join(" · "))));
}

/** A picture; the words below it say what is in it. A person's own is just its file: nothing was uploaded. */
function photoNode(phone, message) {
  if (message.photo.mime !== "image/png") return documentNode(phone, message.photo);
  const address = phone.path(`/files/${encodeURIComponent(message.photo.file_id)}`);
  return make("img", { className: "photo", src: address, alt: message.text });
}

/** Shows for a moment that a message is new or has changed. */
function flash(node, kind) {
  node.classList.remove("changed", "fresh");
  void node.offsetWidth; // Without this the browser would not start the animation anew.
  node.classList.add(kind);
  setTimeout(() => node.classList.remove(kind), 1400);
}

/** The first letters of at most two words of a name. */
function initials(name) {
  return name.trim().split(/\s+/).slice(0, 2).map((part) => [...part][0] ?? "").join("").toUpperCase();
}

function sizeText(bytes, language) {
  const kilo = bytes >= 1000;
  const format = new Intl.NumberFormat(language, {
    style: "unit", unit: kilo ? "kilobyte" : "byte", unitDisplay: "short", maximumFractionDigits: kilo && bytes < 10000 ? 1 : 0,
  });
  return format.format(kilo ? bytes / 1000 : bytes);
}
