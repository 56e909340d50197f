// The demo's page: the guide's panel, and doing its steps for the visitor.
//
// An action is { press: { phone, message, button } }, { write: phone, text } or { clock: true }. Where the text
// is a link's start code, `sharedBy` names the role on whose phone the visitor finds the link.

/** How long the bot may take to answer an action, in milliseconds. */
const PATIENCE = 20_000;

/** More actions than this in one step mean that it leads nowhere. */
const MOST_ACTIONS = 60;

/** No step needs more than two texts; one more may go wrong. */
const MOST_TEXTS = 3;

/** A pause in which a watcher can see what happens, in milliseconds. */
const PACE = 650;

const player = { running: false, stop: false };

/** Builds the list of steps. */
function buildGuide() {
  byId("play-all").addEventListener("click", () => {
    if (player.running) player.stop = true;
    else playAll();
  });
  const items = STEPS.map((step, index) => {
    const title = make("button", { type: "button", className: "step-title", onclick: () => toggleStep(step) },
      make("span", { className: "step-number", "aria-hidden": "true" }, String(index + 1), icon("check")),
      make("span", { className: "step-name" }),
      make("span", { className: "unseen step-state" }));
    const body = make("div", { className: "step-body" },
      make("p", {}),
      make("div", { className: "step-tools" },
        make("button", { type: "button", className: "button primary do", onclick: () => playStep(step) }),
        make("button", { type: "button", className: "button show", onclick: () => showWhere(step) })));
    step.node = make("li", { className: `step ${step.who}` }, title, body);
    return step.node;
  });
  byId("steps").replaceChildren(...items);
  news.addEventListener("change", refreshGuide);
  // "Nobody waits to be admitted" is a matter of time, not of a message.
  setInterval(refreshGuide, 1000);
}

/** The panel's words, in the language of the page. */
function speakGuide() {
  for (const step of STEPS) {
    step.node.querySelector(".step-name").textContent = word(step.title);
    step.node.querySelector(".step-body p").textContent = word(step.text);
    step.node.querySelector(".do").textContent = word("demo-guide-do");
  }
  drawGuide();
}

/** Looks for what is done, and shows it. */
function refreshGuide() {
  if (page.phones.some((phone) => phone.revision === null)) return;
  const changed = checkGuide();
  drawGuide();
  if (changed && currentStep() === null) finishGuide();
}

function drawGuide() {
  const current = currentStep();
  for (const step of STEPS) {
    const done = guide.done.has(step.id);
    const open = step.open ?? step === current;
    step.node.classList.toggle("done", done);
    step.node.classList.toggle("current", step === current);
    step.node.classList.toggle("open", open);
    const title = step.node.querySelector(".step-title");
    title.setAttribute("aria-expanded", String(open));
    if (step === current) title.setAttribute("aria-current", "step");
    else title.removeAttribute("aria-current");
    step.node.querySelector(".step-state").textContent = done ? word("demo-guide-done") : "";
    step.node.querySelector(".do").hidden = step !== current;
    step.node.querySelector(".do").setAttribute("aria-disabled", String(player.running));
    drawWay(step);
  }
  if (current !== drawGuide.last) {
    drawGuide.last = current;
    if (current !== null) keepInView(current.node);
  }
  byId("guide-count").textContent = `${guide.done.size} / ${STEPS.length}`;
  byId("guide").classList.toggle("ended", current === null);
  byId("guide-end").hidden = current !== null;
  byId("play-all").hidden = current === null && !player.running;
  byId("play-all").setAttribute("aria-pressed", String(player.running));
  byId("play-all-word").textContent = word(player.running ? "demo-guide-stop" : "demo-guide-play");
  drawHints(byId("guide").hidden ? null : current);
}

/** On a small screen: the way to the phone on which a step goes on, unless it is open already. */
function drawWay(step) {
  const phone = phoneOf(placeOf(step, step === currentStep() ? step.next() : null));
  const way = step.node.querySelector(".show");
  way.hidden = phone === null || phone === page.current;
  if (phone !== null) way.textContent = `${word("demo-guide-show")} ${phone.name}`;
}

/** Scrolls the list of steps, and nothing else, so that a step can be seen. */
function keepInView(node) {
  const list = byId("steps");
  const frame = list.getBoundingClientRect();
  const box = node.getBoundingClientRect();
  if (box.bottom > frame.bottom || box.top < frame.top) list.scrollTop += box.top - frame.top - 44;
}

/** Points at the phone, the button or the text box where the step goes on. */
function drawHints(step) {
  const action = step?.next() ?? null;
  const place = placeOf(step, action);
  for (const phone of page.phones) phone.node.classList.toggle("wanted", place === phone.role);
  byId("next").classList.toggle("hinted", Boolean(action?.clock));
  const wanted = controlsOf(action);
  for (const node of document.querySelectorAll(".phone .hinted")) if (!wanted.includes(node)) node.classList.remove("hinted");
  for (const node of wanted) node.classList.add("hinted");
}

/** The role on whose phone a step goes on now. */
function placeOf(step, action) {
  return action?.sharedBy ?? action?.press?.phone.role ?? step?.who ?? null;
}

/** What a visitor would use for an action. */
function controlsOf(action) {
  const keys = (phone, fits) => [...phone.parts.log.querySelectorAll(".key")].filter((node) => fits(node.dataset.key)).slice(-1);
  if (action?.press) return keys(action.press.phone, (key) => key === action.press.button.data);
  if (action?.sharedBy) return keys(phoneOf(action.sharedBy), (key) => startCode(key) !== null);
  if (!action?.write) return [];
  const { node, messages } = action.write;
  return [node.querySelector(messages.length === 0 ? ".start" : ".composer")];
}

/** Opens or closes the words of a step. */
function toggleStep(step) {
  step.open = !(step.open ?? step === currentStep());
  drawGuide();
}

/** Brings the visitor to the phone of a step. */
function showWhere(step) {
  const phone = phoneOf(placeOf(step, step.next()));
  attend(phone);
  drawGuide();
  (phone.node.querySelector("button.hinted, .hinted textarea") ?? phone.parts.log).focus();
}

// --- doing it -------------------------------------------------------------------------------------------

/** Does one step for the visitor. */
async function playStep(step) {
  if (player.running) return;
  await play([step], PACE);
}

/**
 * Does all that is left of the guide, with a short pause before each action. True if it came to its end.
 * Tests call this as `tandemDemo.playAll({ pause: 0 })`.
 */
async function playAll({ pause = PACE } = {}) {
  if (player.running) return false;
  return play(STEPS, pause);
}

async function play(steps, pause) {
  player.running = true;
  player.stop = false;
  document.body.dataset.guide = "playing";
  let finished = true;
  drawGuide();
  try {
    for (const step of steps) await doStep(step, pause);
  } catch (error) {
    finished = false;
    document.body.dataset.guide = player.stop ? "stopped" : "failed";
    if (!player.stop) showStatus(error.message);
  }
  player.running = false;
  refreshGuide();
  if (currentStep() === null) finishGuide();
  else if (finished) document.body.dataset.guide = "waiting";
  return finished;
}

function finishGuide() {
  if (!player.running) document.body.dataset.guide = "done";
}

async function doStep(step, pause) {
  let texts = 0;
  for (let actions = 0; actions < MOST_ACTIONS && texts <= MOST_TEXTS; actions += 1) {
    const action = await nextAction(step);
    if (action === null) return;
    if (action.write) texts += 1;
    await rest(pause);
    if (player.stop) throw new Error(word("demo-guide-stopped"));
    await perform(action);
    await rest(Math.min(pause, 250));
  }
  throw new Error(`${word("demo-guide-failed")} ${word(step.title)}`);
}

/** Waits until there is something to do in a step. Null once it is done. */
async function nextAction(step) {
  const until = performance.now() + PATIENCE;
  for (;;) {
    refreshGuide();
    if (guide.done.has(step.id)) return null;
    const action = step.next();
    if (action !== null) return action;
    if (player.stop) throw new Error(word("demo-guide-stopped"));
    if (performance.now() > until) throw new Error(`${word("demo-guide-failed")} ${word(step.title)}`);
    await change(250);
  }
}

/** Does an action, and waits until it shows on the phone. */
async function perform(action) {
  if (action.clock) {
    await readClock();
    if (clock.next === null) throw new Error(word("demo-clock-nothing"));
    await moveClock({ next: true });
    await rest(400);
    return;
  }
  const phone = action.write ?? action.press.phone;
  const { changes, notes } = phone;
  attend(phone);
  // Something earlier may still be on its way to the phone: it is no answer to a text that is not to be seen yet.
  const written = action.write ? await phone.write(action.text) : null;
  if (action.press) await phone.press(action.press.message, action.press.button);
  const until = performance.now() + PATIENCE;
  const answeredNow = () => {
    const spoken = phone.changes > changes && phone.latest()[0]?.from === "bot";
    return written ? spoken && phone.revision >= written.revision : spoken || phone.notes > notes;
  };
  while (!answeredNow()) {
    if (performance.now() > until) throw new Error(word("demo-no-answer"));
    await change(250);
  }
}

/** Until something changes on a phone, or the time is over. */
function change(milliseconds) {
  return new Promise((wake) => {
    const timer = setTimeout(done, milliseconds);
    news.addEventListener("change", done);
    function done() {
      clearTimeout(timer);
      news.removeEventListener("change", done);
      wake();
    }
  });
}
