// One screen at a time: by keys, buttons, the edges of the screen or a finger. Without it the page scrolls.
"use strict";
const slides = [...document.querySelectorAll("main > section")];
const body = document.body;
const LEAST = 0.5; // of the usual size; what does not fit even so can be scrolled
const MOST = { list: 1.1, bare: 1.4, tall: 1.35 }; // where there is room: a hall is deep
const SWIPE = 50; // pixels
let at = 0;

function fits(slide) {
  return slide.scrollHeight <= slide.clientHeight && slide.scrollWidth <= slide.clientWidth;
}

function fit(slide) {
  const tall = matchMedia("(max-aspect-ratio: 1/1)").matches;
  let low = LEAST, high = tall ? MOST.tall : slide.querySelector(".lines, .years, .code") ? MOST.list : MOST.bare;
  const size = (k) => slide.style.setProperty("--k", k);
  slide.classList.remove("more");
  size(high);
  if (fits(slide)) return;
  for (let step = 0; step < 7; step += 1) {
    const middle = (low + high) / 2;
    size(middle);
    if (fits(slide)) low = middle;
    else high = middle;
  }
  size(low);
  const more = !fits(slide);
  slide.classList.toggle("more", more);
  slide.tabIndex = more ? 0 : -1;
}

function fitAll() {
  if (body.classList.contains("shown")) slides.forEach(fit);
  document.documentElement.dataset.fitted = `${innerWidth}x${innerHeight}`;
}

function go(place, focused = true) {
  at = Math.min(Math.max(place, 0), slides.length - 1);
  slides.forEach((slide, number) => slide.classList.toggle("now", number === at));
  slides[at].scrollTop = 0;
  document.querySelector("output").textContent = `${at + 1}/${slides.length}`;
  document.querySelector(".progress i").style.width = `${(100 * (at + 1)) / slides.length}%`;
  document.querySelector("[data-do=previous]:is(button)").disabled = at === 0;
  document.querySelector("[data-do=next]:is(button)").disabled = at === slides.length - 1;
  history.replaceState(null, "", `#${at + 1}`);
  if (focused && !document.activeElement?.closest("nav")) slides[at].focus({ preventScroll: true });
}

function show(shown) {
  body.classList.toggle("shown", shown);
  if (shown) {
    fitAll();
    go(at);
  } else slides[at].scrollIntoView();
}

function dark() {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  try { sessionStorage.setItem("theme", root.dataset.theme); } catch { /* kept nowhere then */ }
}

function full() {
  if (!body.classList.contains("shown")) show(true);
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {}); // a phone may not have it
}

const ACTS = { next: () => go(at + 1), previous: () => go(at - 1), first: () => go(0), last: () => go(slides.length - 1),
  full, dark, leave: () => show(!body.classList.contains("shown")) };
const KEYS = { ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", ArrowLeft: "previous",
  ArrowUp: "previous", PageUp: "previous", Home: "first", End: "last", f: "full", F: "full", d: "dark", D: "dark",
  Escape: "leave" };

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  let act = event.shiftKey && event.key === " " ? "previous" : KEYS[event.key];
  if (!act || (event.key === " " && event.target.closest("button"))) return;
  if (!body.classList.contains("shown") && !["leave", "full", "dark"].includes(act)) return;
  const slide = slides[at];
  const down = ["ArrowDown", "PageDown", " "].includes(event.key) && slide.scrollTop + slide.clientHeight < slide.scrollHeight - 1;
  const up = ["ArrowUp", "PageUp"].includes(event.key) && slide.scrollTop > 0;
  if (slide.classList.contains("more") && (down || up)) return; // first to the end of what is on it
  event.preventDefault();
  ACTS[act]();
});
addEventListener("click", (event) => {
  const act = event.target.closest("[data-do]")?.dataset.do;
  if (act) ACTS[act]();
});
let begun = null;
addEventListener("touchstart", ({ touches }) => { begun = touches.length === 1 ? [touches[0].clientX, touches[0].clientY] : null; }, { passive: true });
addEventListener("touchend", ({ changedTouches: [touch] }) => {
  if (!begun || !body.classList.contains("shown")) return;
  const [x, y] = [touch.clientX - begun[0], touch.clientY - begun[1]];
  if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) ACTS[x < 0 ? "next" : "previous"]();
}, { passive: true });
addEventListener("resize", fitAll);
addEventListener("hashchange", () => go(placeAsked()));

function placeAsked() {
  return (Number.parseInt(location.hash.slice(1), 10) || 1) - 1;
}

try { document.documentElement.dataset.theme = sessionStorage.getItem("theme") ?? "light"; } catch { /* light then */ }
body.classList.add("scripted", "shown");
go(placeAsked(), false);
fitAll();
document.fonts.ready.then(fitAll);
