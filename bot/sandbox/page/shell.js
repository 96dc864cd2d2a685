// The page around the preview: the list of conversations, the clock, and what just happened.
// The preview in the frame looks after itself; this page only decides which one it is.

import { followLatest, showFrame } from "./frame.js";

const POLL_MILLISECONDS = 2000;
const token = document.querySelector("meta[name=sandbox-token]").content;
const list = document.getElementById("places");
const clock = document.getElementById("clock");
const news = document.getElementById("news");
const stage = document.getElementById("conversation");
const narrow = window.matchMedia("(max-width: 760px)");
const buttons = [...document.querySelectorAll("button[data-act]")];

let drawnPlaces = "";
let drawnNews = 0;
let drawnSerial = 0;
let busy = false;

async function ask(path, method = "GET") {
  const response = await fetch(path, { method, headers: { "X-Sandbox-Token": token }, cache: "no-store" });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

function placeItem(place, openId) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${place.id}`;
  link.dataset.place = place.id;
  link.textContent = place.label;
  if (place.id === openId) link.setAttribute("aria-current", "page");
  if (place.new) {
    const mark = document.createElement("span");
    mark.className = "new";
    mark.textContent = "New";
    link.append(" ", mark);
  }
  item.append(link);
  if (place.threads.length) {
    const threads = document.createElement("ul");
    threads.setAttribute("aria-label", `Threads of ${place.label}`);
    threads.append(...place.threads.map((thread) => placeItem(thread, openId)));
    item.append(threads);
  }
  return item;
}

function drawPlaces(places, openId) {
  const drawing = JSON.stringify([places, openId]);
  if (drawing === drawnPlaces) return;
  drawnPlaces = drawing;
  const focused = document.activeElement?.dataset?.place;
  list.replaceChildren(...places.map((place) => placeItem(place, openId)));
  if (focused) list.querySelector(`[data-place="${focused}"]`)?.focus();
}

/** Answers can overtake one another; an older one must not turn the page back. */
function draw(state) {
  if (state.serial < drawnSerial) return;
  drawnSerial = state.serial;
  clock.dateTime = state.clock.instant;
  clock.textContent = state.clock.text;
  if (state.news.number !== drawnNews) {
    drawnNews = state.news.number;
    news.textContent = state.news.text;
  }
  drawPlaces(state.places, state.view.id);
  const open = state.places.flatMap((place) => [place, ...place.threads]).find(({ id }) => id === state.view.id);
  showFrame(state.view.address, open ? open.label : "the simulated server");
  if (location.hash !== `#${state.view.id}`) history.replaceState(null, "", `#${state.view.id}`);
}

function complain(text) {
  drawnNews = -1;
  if (news.textContent !== text) news.textContent = text;
}

function setBusy(value) {
  busy = value;
  document.body.toggleAttribute("data-busy", value);
  for (const button of buttons) button.setAttribute("aria-disabled", String(value));
}

async function act(path, sentence) {
  if (busy) return;
  setBusy(true);
  news.textContent = sentence;
  drawnNews = -1;
  try {
    draw(await ask(path, "POST"));
    followLatest();
  } catch (error) {
    complain(`That did not work: ${error.message}`);
  } finally {
    setBusy(false);
  }
}

async function poll() {
  try {
    const state = await ask("/sandbox/state");
    if (!busy) draw(state);
  } catch (error) {
    const silent = error instanceof TypeError;
    complain(silent ? "The sandbox does not answer. Start it again, then reload this page." : error.message);
  }
  setTimeout(poll, POLL_MILLISECONDS);
}

const DOING = { "post-now": "Posting…", "next-day": "Moving to the next question…", restart: "Restarting the bot…" };
for (const button of buttons) {
  button.addEventListener("click", () => act(`/sandbox/act/${button.dataset.act}`, DOING[button.dataset.act]));
}
window.addEventListener("hashchange", async () => {
  const id = location.hash.slice(1);
  if (!/^\d+$/.test(id)) return;
  try {
    draw(await ask(`/sandbox/act/show?id=${id}`, "POST"));
    if (narrow.matches) stage.scrollIntoView();
  } catch (error) {
    complain(`That did not work: ${error.message}`);
  }
});
if (narrow.matches) document.getElementById("try").open = false;
poll();
