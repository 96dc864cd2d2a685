// The frame around simcord's page, and the little that it lacks: links into the server lead to its conversations here,
// and a conversation opens at its latest message, as Discord's does.

const stage = document.getElementById("conversation");
const LINK = "a[href^='https://discord.com/channels/']";
const READY_CHECK_MILLISECONDS = 100;
let shownAddress = "";

/** Scroll to the end; simcord's page then stays there while messages come in. */
export function followLatest() {
  const timeline = stage.querySelector("iframe")?.contentDocument?.getElementById("channel-timeline");
  if (timeline) timeline.scrollTop = timeline.scrollHeight;
}

/** A link names server, channel and message; the channel alone is enough for us. */
function stayHere(event) {
  const link = event.target.closest?.(LINK);
  if (!link) return;
  event.preventDefault();
  const [, , , channel] = new URL(link.href).pathname.split("/");
  if (channel) location.hash = channel;
}

function prepare(frame) {
  frame.contentDocument.addEventListener("click", stayHere, true);
  const timer = setInterval(() => {
    const ready = frame.contentWindow?.simcordPreview?.ready;
    if (!frame.isConnected || ready) clearInterval(timer);
    if (ready) followLatest();
  }, READY_CHECK_MILLISECONDS);
}

/** A new frame instead of a new address in the old one: the browser's Back then means our own last place. */
export function showFrame(address, label) {
  if (!address || address === shownAddress) return;
  shownAddress = address;
  const frame = document.createElement("iframe");
  frame.title = `Conversation in ${label}`;
  frame.addEventListener("load", () => prepare(frame), { once: true });
  frame.src = address;
  stage.replaceChildren(frame);
}
