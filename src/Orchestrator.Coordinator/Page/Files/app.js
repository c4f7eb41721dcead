// Shows the view that the address asks for, and keeps it up to date while it is looked at.

import { ApiError, hasToken, useToken } from "./api.js";
import { h } from "./dom.js";
import { experimentView } from "./experiment.js";
import { overview } from "./overview.js";
import { trialView } from "./trial.js";

const interval = 2000;
const main = document.getElementById("view"), pathOf = document.getElementById("path"), state = document.getElementById("state"), dialog = document.getElementById("token");

let view = null, drawn = null, timer = 0, isLoading = false;

function route() {
  const [kind, id, trials, trial] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (kind === "experiments" && id && trials === "trials") return trialView(id, Number(trial));
  if (kind === "experiments" && id) return experimentView(id);
  return overview();
}

function open() {
  view?.leave?.();
  [view, drawn, isLoading] = [route(), null, false];
  document.title = `${view.title} · Orchestrator`;
  pathOf.replaceChildren(...view.path.map(([name, target], index) => index + 1 < view.path.length ? h("a", { href: target }, name) : h("span", null, name)));
  main.replaceChildren(h("p", { class: "faint" }, "Loading…"));
  main.focus({ preventScroll: true });
  reload();
}

/** Asks for what is new, draws it if it is, and asks again after a while. */
async function reload() {
  clearTimeout(timer);
  const asked = view;
  if (isLoading) return;
  isLoading = true;
  await act(async () => {
    const data = await asked.load();
    if (asked !== view) return;
    const text = JSON.stringify(data);
    if (text !== drawn) draw(data);
    drawn = text;
  });
  if (asked !== view) return;
  isLoading = false;
  if (!document.hidden) timer = setTimeout(reload, interval);
}

function draw(data) {
  const redraw = Object.assign(() => draw(data), { reload, act });
  const scroll = window.scrollY;
  main.replaceChildren(...view.draw(data, redraw).filter(part => part));
  window.scrollTo(0, scroll);
}

/** Does something, and says what went wrong with it. */
async function act(what) {
  const asked = view;
  try {
    await what();
    if (asked === view) state.textContent = "";
  } catch (error) {
    if (asked !== view) return;
    if (error instanceof ApiError && error.status === 401) return ask(error);
    state.textContent = error instanceof ApiError ? error.message : `The coordinator does not answer (${error.message}). Trying again.`;
    if (drawn === null) main.replaceChildren(h("p", { class: "error" }, state.textContent));
  }
}

function ask(refusal) {
  if (dialog.open) return;
  document.getElementById("token-refusal").textContent = hasToken() ? refusal.message : "";
  dialog.showModal();
}

dialog.addEventListener("close", () => {
  useToken(document.getElementById("token-text").value.trim());
  document.getElementById("token-text").value = "";
  open();
});
window.addEventListener("hashchange", open);
document.addEventListener("visibilitychange", () => document.hidden || reload());
open();
