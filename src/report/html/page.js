(() => {
  "use strict";
  const form = document.getElementById("filters");
  if (!form) return;
  form.hidden = false;
  const text = document.getElementById("filter-text");
  const verdict = document.getElementById("filter-verdict");
  const source = document.getElementById("filter-source");
  const shown = document.getElementById("shown");
  const unfold = document.getElementById("unfold");
  const count = new Intl.NumberFormat("en");
  const cards = Array.from(document.querySelectorAll("article.card"), (card) => ({
    card,
    verdict: card.dataset.verdict,
    by: new Set(card.dataset.by.split(" ")),
    text: null,
  }));
  const sections = Array.from(document.querySelectorAll("section.verdict"));
  const natures = Array.from(document.querySelectorAll("h2.nature"));

  const filter = () => {
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    let left = 0;
    for (const one of cards) {
      let fits = (!verdict.value || one.verdict === verdict.value) && (!source.value || one.by.has(source.value));
      if (fits && words.length > 0) {
        if (one.text === null) one.text = one.card.textContent.toLowerCase();
        fits = words.every((word) => one.text.includes(word));
      }
      if (one.card.hidden === fits) one.card.hidden = !fits;
      if (fits) left += 1;
    }
    for (const section of sections) section.hidden = !section.querySelector("article:not([hidden])");
    for (const nature of natures) {
      let next = nature.nextElementSibling;
      let any = false;
      while (next && next.matches("section.verdict")) {
        any = any || !next.hidden;
        next = next.nextElementSibling;
      }
      nature.hidden = !any;
    }
    const all = count.format(cards.length);
    shown.textContent = left === cards.length ? `${all} claims` : `${count.format(left)} of ${all} claims`;
  };

  let waiting = 0;
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 80);
  };
  text.addEventListener("input", later);
  verdict.addEventListener("change", filter);
  source.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter, 0));

  const fold = (open) => {
    for (const why of document.querySelectorAll("details.why")) why.open = open;
    unfold.setAttribute("aria-pressed", String(open));
  };
  unfold.addEventListener("click", () => fold(unfold.getAttribute("aria-pressed") !== "true"));

  // A link to a claim shows it, whatever the filter.
  const arrive = () => {
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { return; }
    const place = name && document.getElementById(name);
    if (!place) return;
    if (place.closest("[hidden]")) {
      form.reset();
      filter();
    }
    place.scrollIntoView();
    place.focus({ preventScroll: true });
  };
  addEventListener("hashchange", arrive);
  arrive();

  // What is folded is printed too.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = Array.from(document.querySelectorAll("details.why:not([open])"));
    for (const why of folded) why.open = true;
  });
  addEventListener("afterprint", () => {
    for (const why of folded) why.open = false;
    folded = [];
  });
})();
