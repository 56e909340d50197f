// The demo's page: a message's text with its marks as nodes.
//
// Marks are ranges over UTF-16 code units, which is how JavaScript counts too. A mark lies within another or
// beside it; one that overlaps (no server sends such) is cut at the end of the outer one.

/** Plain elements for marks that need nothing else. */
const MARK_TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};

/** Marks that start on a line of their own. */
const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];

/** Only these open from the page: an address comes from a message and may be anything. */
const SAFE_SCHEMES = ["http:", "https:", "mailto:", "tel:"];

/** The nodes of a text with its marks. `deeds` says what a command and a link of ours do. */
function richNodes(text, entities, deeds) {
  const marks = [...(entities ?? [])]
    .filter((mark) => mark.length > 0 && mark.offset >= 0 && mark.offset < text.length)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodesWithin(text, marks, 0, text.length, deeds);
}

function nodesWithin(text, marks, from, to, deeds) {
  const nodes = [];
  let at = from;
  let afterBlock = false;
  const plain = (end) => {
    let part = text.slice(at, end);
    // A block ends its line by itself: the line break behind it would show as an empty line.
    if (afterBlock && part.startsWith("\n")) part = part.slice(1);
    if (part !== "") nodes.push(document.createTextNode(part));
    at = end;
  };
  for (let i = 0; i < marks.length;) {
    const mark = marks[i];
    const end = Math.min(mark.offset + mark.length, to);
    let next = i + 1;
    while (next < marks.length && marks[next].offset < end) next += 1;
    if (mark.offset >= at) {
      plain(mark.offset);
      const inner = nodesWithin(text, marks.slice(i + 1, next), mark.offset, end, deeds);
      nodes.push(markNode(mark, text.slice(mark.offset, end), inner, deeds));
      at = end;
      afterBlock = BLOCKS.includes(mark.type);
    }
    i = next;
  }
  plain(to);
  return nodes;
}

function markNode(mark, text, inner, deeds) {
  switch (mark.type) {
    case "text_link": return linkNode(mark.url, inner, deeds);
    case "url": return linkNode(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, inner, deeds);
    case "email": return linkNode(`mailto:${text}`, inner, deeds);
    case "phone_number": return linkNode(`tel:${text}`, inner, deeds);
    case "bot_command":
      return make("button", { type: "button", className: "command", onclick: () => deeds.write(text) }, ...inner);
    case "spoiler": return spoilerNode(inner, deeds);
    case "expandable_blockquote": return longQuoteNode(inner, deeds);
    default: return make(MARK_TAGS[mark.type] ?? "span", {}, ...inner);
  }
}

/** A link, or the bare text where the address is none that may be opened. */
function linkNode(address, inner, deeds) {
  const code = startCode(address);
  if (code !== null) {
    return make("button", { type: "button", className: "command", onclick: () => deeds.share(code) }, ...inner);
  }
  const safe = safeAddress(address);
  if (safe === null) return make("span", {}, ...inner);
  return make("a", { href: safe, target: "_blank", rel: "noopener noreferrer" }, ...inner);
}

/** Covered until it is pressed, for eyes and for screen readers. */
function spoilerNode(inner, deeds) {
  const hidden = make("span", { "aria-hidden": "true" }, ...inner);
  const cover = make("span", { className: "spoiler", role: "button", tabindex: "0", "aria-label": deeds.word("demo-spoiler") }, hidden);
  const uncover = () => cover.replaceWith(...hidden.childNodes);
  cover.addEventListener("click", uncover);
  cover.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    uncover();
  });
  return cover;
}

/** Three lines of a long quotation, and a button for the rest. */
function longQuoteNode(inner, deeds) {
  const quote = make("blockquote", { className: "short" }, ...inner);
  const more = make("button", { type: "button", className: "command", "aria-expanded": "false" }, deeds.word("demo-quote-more"));
  more.addEventListener("click", () => {
    const short = quote.classList.toggle("short");
    more.setAttribute("aria-expanded", String(!short));
    more.textContent = deeds.word(short ? "demo-quote-more" : "demo-quote-less");
  });
  return make("div", { className: "quote" }, quote, more);
}

/** The address if it may be opened from here, else null. */
function safeAddress(address) {
  try {
    const url = new URL(address);
    return SAFE_SCHEMES.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * The start code in a link to the demo's bot, also when it is wrapped in a link that shares it; else null.
 * In the demo such a link stays on the page: it opens on one of the three phones.
 */
function startCode(address) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!["t.me", "telegram.me"].includes(url.hostname)) return null;
  if (url.pathname === "/share/url" || url.pathname === "/share") {
    const shared = url.searchParams.get("url");
    return shared === null ? null : startCode(shared);
  }
  const code = url.searchParams.get("start");
  const ours = url.pathname.slice(1).toLowerCase() === page.demo.bot.toLowerCase();
  return ours && code !== null && /^[A-Za-z0-9_-]{1,64}$/.test(code) ? code : null;
}
