// Sends dropped files to the server one after the other, as they lie on the disk, and says how far it is.
// File names come from outside: they are only ever set as text.
const zones = new WeakMap();

export default function ({ parentElement, data, setTriggerValue }) {
  let zone = zones.get(parentElement);
  if (!zone) zones.set(parentElement, (zone = mount(parentElement)));
  zone.data = data;
  zone.arrived = (job) => setTriggerValue("arrived", job);
  zone.root.querySelector(".under").textContent = data.under;
}

function mount(parent) {
  const zone = { root: parent.querySelector(".zone"), waiting: [], sending: null, depth: 0 };
  const drop = zone.root.querySelector(".drop");
  const pick = zone.root.querySelector(".pick");
  pick.addEventListener("change", () => { take(zone, pick.files); pick.value = ""; });
  drop.addEventListener("dragenter", (event) => { event.preventDefault(); mark(zone, 1); });
  drop.addEventListener("dragleave", () => mark(zone, -1));
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => { event.preventDefault(); mark(zone, 0); take(zone, event.dataTransfer.files); });
  window.addEventListener("beforeunload", (event) => { if (zone.sending) event.preventDefault(); });
  return zone;
}

function mark(zone, step) {
  zone.depth = step ? Math.max(0, zone.depth + step) : 0;
  zone.root.classList.toggle("over", zone.depth > 0);
}

function take(zone, files) {
  for (const file of files) zone.waiting.push({ file, row: row(zone, file) });
  next(zone);
}

function row(zone, file) {
  const item = document.createElement("li");
  const parts = { item };
  for (const [name, tag] of [["name", "span"], ["state", "span"], ["cancel", "button"], ["bar", "progress"]]) {
    parts[name] = item.appendChild(document.createElement(tag));
    parts[name].className = name;
  }
  parts.name.textContent = file.name;
  parts.state.textContent = "waiting";
  parts.cancel.type = "button";
  parts.cancel.textContent = "Cancel";
  parts.cancel.setAttribute("aria-label", `Cancel ${file.name}`);
  parts.bar.max = 1;
  parts.bar.value = 0;
  parts.bar.setAttribute("aria-label", `Upload of ${file.name}`);
  parts.cancel.addEventListener("click", () => give_up(zone, file, item));
  zone.root.querySelector(".files").appendChild(item);
  return parts;
}

function give_up(zone, file, item) {
  zone.waiting = zone.waiting.filter((one) => one.file !== file);
  if (zone.sending?.file === file) zone.sending.request.abort();
  item.remove();
}

function next(zone) {
  if (zone.sending || !zone.waiting.length) return;
  const { file, row } = zone.waiting.shift();
  if (file.size > zone.data.limit) { fail(row, zone.data.too_large); return next(zone); }
  const request = new XMLHttpRequest();
  zone.sending = { file, request };
  request.upload.onprogress = (event) => show(row, event.loaded, file.size);
  request.onload = () => done(zone, row, request);
  request.onerror = () => { fail(row, "The file did not get through. Is the server still running, and the file still there?"); after(zone); };
  request.onabort = () => after(zone);
  request.open("PUT", zone.data.address);
  request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
  request.setRequestHeader("Content-Type", "application/octet-stream");
  request.send(file);
}

function show(row, sent, size) {
  row.bar.value = size ? sent / size : 1;
  row.state.textContent = sent < size ? `${words(sent)} of ${words(size)}` : "arriving";
}

function words(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} KB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

function done(zone, row, request) {
  let answer = {};
  try { answer = JSON.parse(request.responseText); } catch { /* not ours: the status says enough */ }
  if (request.status === 202) { row.item.remove(); zone.arrived(answer.job); }
  else fail(row, answer.error || `The server refused the file (${request.status}).`);
  after(zone);
}

function fail(row, sentence) {
  row.item.classList.add("failed");
  row.bar.remove();
  row.state.textContent = sentence;
  row.cancel.textContent = "Dismiss";
}

function after(zone) {
  zone.sending = null;
  next(zone);
}
