// A lost session: the page is asked for anew, and the gate says where to go from there.
const EVERY = 20_000; // milliseconds: a session that was ended leaves the screen soon enough
const PAUSE = 3_000; // between two questions while Streamlit says that it lost its connection

let asked = 0;

async function ask() {
  asked = Date.now();
  try {
    const answer = await fetch("/session", { cache: "no-store" });
    if (answer.status === 401) location.reload();
  } catch {
    // no network: Streamlit says so itself
  }
}

function asksWhenSeen() {
  if (!document.hidden) ask();
}

function asksWhenLost() {
  const lost = document.querySelector("[role=dialog], [data-testid=stConnectionStatus]");
  if (lost && Date.now() - asked > PAUSE) ask();
}

setInterval(asksWhenSeen, EVERY);
document.addEventListener("visibilitychange", asksWhenSeen);
new MutationObserver(asksWhenLost).observe(document.documentElement, { childList: true, subtree: true });
