// Sends dropped files to the server one after the other, as they lie on the disk, and says how far it is.
// File names come from outside: they are only ever set as text.
// One list for the whole window: uploads go on while the reader looks at another page, and are there when they come back.
const going = (window.deskpulseUploads ??= { waiting: [], sending: null, rows: [], arrived: () => {}, data: null });

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".zone");
  going.data = data;
  going.arrived = (job) => setTriggerValue("arrived", job);
  going.list = root.querySelector(".files");
  going.list.replaceChildren(...going.rows);
  root.querySelector(".under").textContent = data.under;
  if (!root.dataset.ready) listen(root);
}

function listen(root) {
  root.dataset.ready = "yes";
  const drop = root.querySelector(".drop");
  const pick = root.querySelector(".pick");
  let depth = 0;
  const mark = (inside) => { depth = inside; root.classList.toggle("over", depth > 0); };
  pick.addEventListener("change", () => { take(pick.files); pick.value = ""; });
  drop.addEventListener("dragenter", (event) => { event.preventDefault(); mark(depth + 1); });
  drop.addEventListener("dragleave", () => mark(Math.max(0, depth - 1)));
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => { event.preventDefault(); mark(0); take(event.dataTransfer.files); });
}

// Leaving the site, unlike leaving the page, would end an upload: the browser asks first.
if (!going.guarded) {
  going.guarded = true;
  window.addEventListener("beforeunload", (event) => { if (going.sending) event.preventDefault(); });
}

function take(files) {
  for (const file of files) going.waiting.push({ file, row: row(file) });
  next();
}

function row(file) {
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
  parts.cancel.addEventListener("click", () => give_up(file, item));
  going.rows.push(item);
  going.list.appendChild(item);
  return parts;
}

function give_up(file, item) {
  going.waiting = going.waiting.filter((one) => one.file !== file);
  if (going.sending?.file === file) going.sending.request.abort();
  remove(item);
}

function remove(item) {
  going.rows = going.rows.filter((one) => one !== item);
  item.remove();
}

function next() {
  if (going.sending || !going.waiting.length) return;
  const { file, row } = going.waiting.shift();
  if (file.size > going.data.limit) { fail(row, going.data.too_large); return next(); }
  const request = new XMLHttpRequest();
  going.sending = { file, request };
  request.upload.onprogress = (event) => show(row, event.loaded, file.size);
  request.onload = () => done(row, request);
  request.onerror = () => { fail(row, "The file did not get through. Is the server still running, and the file still there?"); after(); };
  request.onabort = () => after();
  request.open("PUT", going.data.address);
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

function done(row, request) {
  let answer = {};
  try { answer = JSON.parse(request.responseText); } catch { /* not ours: the status says enough */ }
  if (request.status === 202) { remove(row.item); going.arrived(answer.job); }
  else fail(row, answer.error || `The server refused the file (${request.status}).`);
  after();
}

function fail(row, sentence) {
  row.item.classList.add("failed");
  row.bar.remove();
  row.state.textContent = sentence;
  row.cancel.textContent = "Dismiss";
  row.cancel.setAttribute("aria-label", `Dismiss ${row.name.textContent}`);
}

function after() {
  going.sending = null;
  next();
}
