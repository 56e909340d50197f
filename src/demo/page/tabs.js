// The demo's page: tabs, for one phone at a time on a small screen.

function buildTabs() {
  byId("tabs").replaceChildren(...page.phones.map((phone) => {
    const tab = make("button", {
      type: "button", role: "tab", id: `tab-${phone.role}`, className: `tab ${phone.colour ?? phone.role}`, "aria-controls": phone.node.id,
      onclick: () => attend(phone),
    },
    make("span", { className: "avatar", "aria-hidden": "true" }, initials(phone.name)),
    make("span", { className: "tab-name" }, phone.name, make("span", { className: "soft" }, word(ROLE_WORDS[phone.role]))),
    make("span", { className: "badge", hidden: true }));
    return tab;
  }));
  updateTabs();
}

function updateTabs() {
  for (const phone of page.phones) {
    const tab = byId(`tab-${phone.role}`);
    if (!tab) continue;
    const current = page.current === phone;
    tab.setAttribute("aria-selected", String(current));
    tab.tabIndex = current ? 0 : -1;
    const badge = tab.querySelector(".badge");
    badge.hidden = phone.unread === 0;
    badge.textContent = String(phone.unread);
    badge.setAttribute("aria-label", `${phone.unread} ${word("demo-unread")}`);
  }
}

/** The arrow keys go from tab to tab. */
function tabKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const at = page.phones.indexOf(page.current);
  const next = page.phones[(at + step + page.phones.length) % page.phones.length];
  event.preventDefault();
  attend(next);
  byId(`tab-${next.role}`).focus();
}
