// Passkeys: asks the server what for, lets the browser make or show one, and sends the form with its answer.
(() => {
  const isAble = Boolean(window.PublicKeyCredential && navigator.credentials);
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  const read = (act, asked) => {
    const own = act === "create" ? "parseCreationOptionsFromJSON" : "parseRequestOptionsFromJSON";
    if (PublicKeyCredential[own]) return PublicKeyCredential[own](asked);
    const read = { ...asked, challenge: bytes(asked.challenge), excludeCredentials: known(asked.excludeCredentials), allowCredentials: known(asked.allowCredentials) };
    if (asked.user) read.user = { ...asked.user, id: bytes(asked.user.id) };
    return read;
  };
  const written = (made) => {
    if (made.toJSON) return made.toJSON();
    const response = { transports: made.response.getTransports?.() };
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
      if (made.response[name]) response[name] = text(made.response[name]);
    return { id: made.id, rawId: text(made.rawId), type: made.type, response };
  };
  const say = (form, words) => {
    document.getElementById("status").textContent = words;
    const line = form.querySelector(".err:not(.field *)") ?? Object.assign(document.createElement("p"), { className: "err" });
    line.textContent = words;
    form.querySelector(".btns").before(line);
  };
  const send = async (form) => {
    const { credential, csrf_token: token } = form.elements;
    const { passkey: act, begin } = form.dataset;
    const answer = await fetch(begin, { method: "POST", body: new URLSearchParams({ csrf_token: token.value }) });
    if (answer.redirected) return location.assign(answer.url);
    if (!answer.ok) throw new Error(answer.status);
    credential.value = JSON.stringify(written(await navigator.credentials[act]({ publicKey: read(act, await answer.json()) })));
    form.submit();
  };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = !isAble;
    form.nextElementSibling.hidden = isAble;
    form.addEventListener("submit", async (event) => {
      if (form.elements.name?.value.trim() === "") return; // the server says what is missing
      event.preventDefault();
      event.submitter.disabled = true;
      try { await send(form); }
      catch ({ name }) { say(form, name === "InvalidStateError" ? form.dataset.known : form.dataset.failed); }
      event.submitter.disabled = false;
    });
  }
})();
