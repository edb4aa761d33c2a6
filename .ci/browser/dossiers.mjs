// The dossiers whose pages are opened: the raid, a long table, one that means harm, and an empty one.

export const raid = process.env.RAID;

export const empty = JSON.stringify({ schema: "corroborate/1" });

/** 5,000 claims, each with two sources, which differ in every tenth. */
export function table(claims = 5000) {
  const rows = ["claim,value,by"];
  for (let n = 0; n < claims; n += 1) {
    const figure = (n * 37) % 1000;
    rows.push(`claim-${n},${figure},ministry-${n % 40}`);
    rows.push(`claim-${n},${n % 10 === 0 ? figure + 5 : n % 3 === 0 ? `at least ${figure}` : figure},agency-${n % 7}`);
  }
  return rows.join("\n");
}

export const harm = [
  "<script>window.harmed = true</script>",
  "</title></style></script></svg><img src=x onerror=\"window.harmed = true\">",
  "\" onmouseover=\"window.harmed = true\" x=\"",
  "' autofocus onfocus='window.harmed = true",
  "]]><![CDATA[ --><!-- <script>window.harmed = true</script>",
  "&lt;script&gt;window.harmed = true&lt;/script&gt;",
  "\u202egnp.exe \u2066isolated\u2069 \u200f",
  "\u001b[31mred\u001b[0m \u001b]8;;https://varn.example\u0007 \u0000",
  "javascript:window.harmed = true",
  "خدمات الطوارئ في مدينة فارن تقول إن عدد المفقودين غير معروف",
  `Longwordwithoutanyspace${"aaaaaaaaaa".repeat(30)}`,
  "消防隊によると行方不明者は多数".repeat(12),
];

export const hostile = JSON.stringify({
  schema: "corroborate/1",
  title: harm.join(" "),
  sources: harm.flatMap((name, n) => [{ id: `s${n}`, name, kind: name }, { id: `o${n}`, name: `Office ${name}`, part_of: `s${n}` }]),
  terms: harm.map((label, n) => ({ id: `t${n}`, label })),
  documents: harm.map((text, n) => ({ id: `d${n}`, title: text, url: text, publisher: `s${n}`, published: "2031-06-04" })),
  claims: harm.flatMap((question, n) => [
    { id: `count ${n} <b>`, question, kind: "count", unit: question, topic: "harm", scope: { place: question } },
    { id: `text-${n}`, question, kind: "text", nature: "assessment" },
    { id: `place-${n}`, question, kind: "place", nature: "projection" },
    { id: `date-${n}`, question, kind: "date" },
  ]),
  assertions: harm.flatMap((text, n) => [
    { claim: `count ${n} <b>`, value: "14", by: `s${n}`, document: `d${n}`, quote: text, note: text, locator: text },
    { claim: `count ${n} <b>`, value: "about 20,000", by: `o${n}`, via: [`s${(n + 1) % harm.length}`] },
    { claim: `count ${n} <b>`, value: "dozens", document: `d${n}` },
    { claim: `text-${n}`, value: text.replace(/[\u0000-\u001f]/g, " "), by: `s${n}` },
    { claim: `place-${n}`, value: `t${n}`, by: `s${n}` },
    { claim: `place-${n}`, value: `t${(n + 1) % harm.length}`, by: `o${n}` },
    { claim: `date-${n}`, value: "2031-06-02", by: `s${n}` },
    { claim: `date-${n}`, value: "2031-06~", by: `s${(n + 1) % harm.length}` },
  ]),
});
