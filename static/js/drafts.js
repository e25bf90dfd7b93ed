// Keeps what was typed and not sent on this device; says when sending failed; leads the eye after a swap.
(() => {
  const typed = ["text", "email", "url"].map((type) => `input[type=${type}]`).join() + ", input[type=radio], input[type=checkbox], select, textarea";
  const secret = "[type=password], [type=file], [autocomplete=one-time-code]";
  const reader = document.body.dataset.signedIn ?? "";
  const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
  const nameOf = (form) => form.dataset.keep ?? form.getAttribute("action").replace(/^\/\w\w\//, "").replace(/\?.*/, "");
  const keyOf = (field) => `/${nameOf(field.form)}:${field.name}${isChoice(field) ? `=${field.value}` : ""}`;
  const fieldsOf = (form) => [...form.querySelectorAll(typed)];
  const isKept = (form) => form?.method === "post" && !form.querySelector(secret) &&
    (form.querySelector("textarea") || new Set(fieldsOf(form).map((one) => one.name)).size > 2);
  const present = (field) => (isChoice(field) ? String(field.checked) : field.value);
  const shown = (field) => {
    if (isChoice(field)) return String(field.defaultChecked);
    if (field.tagName !== "SELECT") return field.defaultValue.replace(/\r\n/g, "\n");
    return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "";
  };
  const put = (field, text) => { isChoice(field) ? (field.checked = text === "true") : (field.value = text); };
  // A visitor's words go with them when they sign in; those of a reader are shown to nobody else.
  const find = (field) => JSON.parse(localStorage.getItem(reader + keyOf(field)) ?? localStorage.getItem(keyOf(field)));
  const drop = (start) => {
    for (const key of Object.keys(localStorage))
      if (key.startsWith(reader + start) || key.startsWith(start)) localStorage.removeItem(key);
  };
  const save = (form) => {
    for (const one of fieldsOf(form)) {
      const from = find(one)?.[0] ?? shown(one);
      if (present(one) === from) localStorage.removeItem(reader + keyOf(one));
      else localStorage.setItem(reader + keyOf(one), JSON.stringify([from, present(one)]));
    }
  };
  const isUnsaved = document.querySelector("#errors, [data-given-back]");
  const restore = (form) => {
    for (const one of fieldsOf(form)) {
      const [from, text] = find(one) ?? [];
      if (text === undefined) continue;
      if (shown(one) === from) put(one, text);
      else if (shown(one) !== text || !isUnsaved) drop(keyOf(one));
    }
  };
  try {
    for (const { dataset } of document.querySelectorAll("[data-sent]")) drop(`/${dataset.sent}:`);
    const sending = sessionStorage.getItem("sending");
    sessionStorage.removeItem("sending");
    if (sending && !isUnsaved && document.querySelector(".flash:not(.bad)")) drop(`/${sending}:`);
    for (const form of document.forms) if (isKept(form)) restore(form);
    document.addEventListener("input", ({ target }) => { if (isKept(target.form)) save(target.form); });
    document.addEventListener("submit", ({ target }) => { if (isKept(target)) sessionStorage.setItem("sending", nameOf(target)); });
  } catch { /* storage may be full or forbidden: the page works without it */ }

  const say = (form, words) => {
    document.getElementById("status").textContent = words;
    let line = form.querySelector(".unsent");
    if (!line) form.querySelector(".btns").before(line = Object.assign(document.createElement("p"), { className: "err unsent" }));
    line.textContent = words;
  };
  const explain = ({ detail: { elt, xhr } }) => {
    if (!elt.dataset.unsent || [409, 422].includes(xhr.status)) return;
    const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
    say(elt, page.querySelector("main h1 + p")?.textContent ?? elt.dataset.unsent);
  };
  for (const name of ["responseError", "sendError", "timeout"]) document.addEventListener(`htmx:${name}`, explain);
  const lead = () => document.getElementById("errors")?.focus();
  document.addEventListener("htmx:afterSwap", lead);
  lead();
})();
