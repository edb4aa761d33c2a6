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

/** Every shape that an answer can have, and figures near, far and negative. */
const answers = {
  killed: ["count", "person", ["3", "5", "at least 8", "dozens", "about 12", "fewer than 20", "anything but 14"]],
  cost: ["quantity", "euro", ["1.2 million", "more than 1500000", "nearly 1.1 million", "1.25 million"]],
  tiny: ["quantity", "gram", ["0.000012", "0.000013", "about 0.00002"]],
  huge: ["count", null, ["18000000000000000000", "1", "thousands"]],
  cold: ["quantity", "degree", ["-3.5", "0.25", "below 0"]],
  day: ["date", null, ["2031-06-02", "2031-06", "2031-06~", "2031"]],
  hour: ["date", null, ["2031-06-02T10:30Z", "2031-06-02T14:00Z", "2031-06-02"]],
  era: ["date", null, ["../1990", "1985", "-0043-03-15"]],
  same: ["count", null, ["7", "7", "7"]],
};
export const shapes = JSON.stringify({
  schema: "corroborate/1",
  title: "Shapes",
  sources: [0, 1, 2, 3, 4, 5, 6].map((n) => ({ id: `s${n}`, name: ["The navy", "The port authority of the city of Tolm and its surroundings", "Union", "خدمات الطوارئ", "Hospital", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"][n] })),
  claims: Object.entries(answers).map(([id, [kind, unit]]) => ({ id, kind, question: `${id}: how many, how much or when, by whoever counted, measured or saw it?`, ...(unit && { unit }) })),
  assertions: Object.entries(answers).flatMap(([claim, [, , said]]) => said.map((value, n) => ({
    claim,
    ...(value.startsWith("anything but ") ? { stance: "denies", value: value.slice(13) } : { value }),
    by: `s${n % 7}`,
    asserted: `2031-06-${String(10 + n).padStart(2, "0")}`,
  }))),
});
