// Holds what is typed into a box, in this tab of the browser, until the program has saved it. After a reload or a stop of the program, text that
// the box has lost is handed over, to be shown beside it.
const PREFIX = "nianbao.typed.";
const HANDED = new Map();
let boxes = {};
let hand = () => {};
let watching = false;
let quiet = 0; // seconds without work

const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean).join("\n");
const boxOf = (key) => document.querySelector(`.st-key-${CSS.escape(key)} textarea, .st-key-${CSS.escape(key)} input`);

function typed(event) {
  const held = event.target.closest && event.target.closest('[class*="st-key-"]');
  if (!held || !(event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement)) return;
  const key = Object.keys(boxes).find((name) => held.classList.contains(`st-key-${name}`));
  if (key) sessionStorage.setItem(PREFIX + key, event.target.value);
}

function idle() {
  const app = document.querySelector('[data-testid="stApp"]');
  const still = app && app.dataset.testConnectionState === "CONNECTED" && app.dataset.testScriptState === "notRunning";
  quiet = still ? quiet + 1 : 0;
  return quiet > 2;
}

function look() {
  const still = idle();
  for (const [key, { saved, taken, unsent }] of Object.entries(boxes)) {
    const held = sessionStorage.getItem(PREFIX + key);
    if (held === null) continue;
    if (held === taken || lines(held) === lines(saved)) {
      sessionStorage.removeItem(PREFIX + key);
      HANDED.delete(key);
      continue;
    }
    const box = boxOf(key);
    if (box && box.value === held) HANDED.delete(key); // it may be lost once more
    // A box beside a button that sends its text: it stands there empty, and the text was neither sent nor taken out.
    const gone = unsent && still && box && box.value === "";
    // The box shows the saved text again, or shows this text, was left, and the program is idle: what was typed did not arrive.
    const lost = !unsent && box && (box.value === saved || (box.value === held && document.activeElement !== box && still));
    if ((lost || gone) && HANDED.get(key) !== held) {
      HANDED.set(key, held);
      hand({ key, text: held });
      return; // one at a time: the page is drawn anew
    }
  }
}

export default function ({ data, setTriggerValue }) {
  boxes = data;
  hand = (value) => setTriggerValue("found", value);
  if (!watching) {
    watching = true;
    for (const [key, { saved }] of Object.entries(boxes)) {
      const box = boxOf(key); // somebody may have begun to type while the page was still being drawn
      if (box && document.activeElement === box && box.value !== saved && sessionStorage.getItem(PREFIX + key) === null) sessionStorage.setItem(PREFIX + key, box.value);
    }
    document.addEventListener("input", typed, true);
    document.documentElement.dataset.nianbaoHolding = "typing"; // from here on nothing typed is lost
    setInterval(look, 1000);
  }
}
