// Keeps what was typed and not sent on this device; leads the eye after a swap; language links keep the place.
(() => {
  const kept = "textarea, input[type=text], input[type=email], input[type=radio], select";
  const key = (field) => `${field.form.dataset.keep}:${field.name}`;
  const isChoice = (field) => field.type === "radio";
  try {
    for (const sent of document.querySelectorAll("[data-sent]"))
      for (const name of Object.keys(localStorage))
        if (name.startsWith(`${sent.dataset.sent}:`)) localStorage.removeItem(name);
    for (const form of document.querySelectorAll("form[data-keep]"))
      for (const one of form.querySelectorAll(kept)) {
        const text = localStorage.getItem(key(one));
        if (text === null) continue;
        if (isChoice(one)) one.checked ||= one.value === text && !one.form.querySelector(":checked");
        else one.value ||= text;
      }
    document.addEventListener("input", ({ target }) => {
      if (target.form?.dataset.keep && target.matches(kept)) localStorage.setItem(key(target), target.value);
    });
  } catch { /* storage may be full or forbidden: the page works without it */ }
  document.addEventListener("htmx:afterSwap", () => document.getElementById("errors")?.focus());
  document.getElementById("errors")?.focus();
  for (const link of document.querySelectorAll(".langs a"))
    link.addEventListener("click", () => { link.hash = location.hash; });
})();
