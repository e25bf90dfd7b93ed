// A switch of language keeps the place on the page, and what was searched for since the page came.
for (const link of document.querySelectorAll(".langs a"))
  link.addEventListener("click", () => { link.search = location.search; link.hash = location.hash; });
// What a swap found is also said aloud: a live region that arrives with its words is often passed over.
document.addEventListener("htmx:afterSettle", ({ detail: { elt } }) => {
  const found = elt.querySelector("[role=status]");
  if (found) document.getElementById("status").textContent = found.textContent;
});
