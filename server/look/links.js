// Links to the app's own pages without loading the app anew: wherever a link was drawn (in a chart,
// in HTML, in markdown), a plain click on it goes the way that Back and Forward go.
const OTHERS = ["sign-in", "sign-out", "set-up", "password", "session", "healthz", "meeting-file"]; // not the app's
const PAGE = /^\/([^./_][^./]*)?$/; // one part without a dot, as in server/index.py

function target(event) {
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (event.defaultPrevented || !plain) return null;
  const link = event.composedPath().find((node) => node.localName === "a");
  // a link of an SVG drawn by plotly has its address in a namespace
  const href = link?.getAttribute("href") ?? link?.getAttributeNS("http://www.w3.org/1999/xlink", "href");
  if (!href || link.hasAttribute("download") || link.dataset.external !== undefined) return null;
  const url = address(href);
  return url && isPage(url) && !isHere(url) ? url : null;
}

function address(href) {
  try {
    return new URL(href, document.baseURI);
  } catch {
    return null; // nothing that anybody could follow
  }
}

function isPage({ origin, pathname }) {
  return origin === location.origin && PAGE.test(pathname) && !OTHERS.includes(pathname.slice(1));
}

// a place on this very page: the browser's own business
function isHere(url) {
  return url.hash !== "" && url.pathname === location.pathname && url.search === location.search;
}

// only an app that has drawn a page and is connected answers to a change of the address
function isReady() {
  const app = document.querySelector("[data-testid=stApp]")?.dataset;
  return app?.testConnectionState === "CONNECTED" && app.testScriptState !== "initial";
}

function go(event) {
  const url = target(event);
  if (!url || !isReady()) return; // the browser follows the link by itself
  event.preventDefault();
  show(url);
}

function show(url) {
  history.pushState({}, "", url);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  arrive();
}

// As after any other link: at the top, and where a screen reader begins to read.
function arrive() {
  const main = document.querySelector("[data-testid=stMain]");
  main?.scrollTo(0, 0);
  main?.focus({ preventScroll: true });
}

// The app's own menu leads to pages without what was chosen: year, period, moment and language go along.
const KEPT = ["year", "period", "as_of", "lang"];
const MENU = "[data-testid=stTopNavLink], [data-testid=stTopNavDropdownLink], [data-testid=stSidebarNavLink]";

function choose(event) {
  const url = event.target.closest?.(MENU) ? target(event) : null;
  if (!url || !isReady()) return;
  const chosen = new URLSearchParams(location.search);
  for (const name of KEPT) if (chosen.has(name)) url.searchParams.set(name, chosen.get(name));
  event.preventDefault();
  event.stopPropagation();
  show(url);
}

addEventListener("click", choose, { capture: true }); // before Streamlit follows it
addEventListener("click", go); // last of all: links that Streamlit follows itself are settled by then
