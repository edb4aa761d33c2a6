//! Charts for Graphviz and Mermaid: what is drawn, and that they are read as they were meant, whatever the text in them.

#![expect(clippy::expect_used, clippy::panic, reason = "a test says what it expects")]

use corroborate::{Dossier, Report, Resolver};
use expect_test::{expect, expect_file};
use proptest::prelude::*;

use crate::notes::{markup, shown};
use crate::pictures;
use crate::strategies::config;

/// A chart once it is read: boxes by name, and lines from one to another, with the words on them.
#[derive(Default, Debug, PartialEq)]
pub(crate) struct Read {
    pub(crate) title: String,
    pub(crate) nodes: Vec<(String, String)>,
    pub(crate) links: Vec<(String, String, String)>,
}

/// Reads a chart for Graphviz, and refuses whatever isn't of the few forms that we write.
pub(crate) fn read_dot(dot: &str) -> Read {
    let mut tokens = tokens(dot).into_iter().peekable();
    let mut read = Read::default();
    let mut next = |what: &str| tokens.next().unwrap_or_else(|| panic!("{what} is missing in\n{dot}"));
    assert_eq!((next("digraph"), next("{")), (Token::word("digraph"), Token::Mark('{')));
    loop {
        let name = match next("}") {
            Token::Mark('}') => break,
            Token::Word(name) => name,
            other => panic!("{other:?} begins a line in\n{dot}"),
        };
        let mut token = next("[");
        let to = (token == Token::Mark('>')).then(|| {
            let Token::Word(to) = next("a name") else { panic!("a line leads nowhere in\n{dot}") };
            token = next("[");
            to
        });
        assert_eq!(token, Token::Mark('['), "in\n{dot}");
        let mut label = None;
        loop {
            let Token::Word(key) = next("a key") else { panic!("no key in\n{dot}") };
            assert_eq!(next("="), Token::Mark('='));
            match (key.as_str(), next("a value")) {
                ("label", Token::Text(text)) => label = Some(text),
                (_, Token::Word(_) | Token::Text(_)) => {}
                other => panic!("{other:?} in\n{dot}"),
            }
            match next("]") {
                Token::Mark(']') => break,
                other => assert_eq!(other, Token::Mark(','), "in\n{dot}"),
            }
        }
        match (name.as_str(), to, label) {
            ("graph", None, Some(title)) => read.title = title,
            ("graph" | "node" | "edge", None, None) => {}
            (_, None, Some(words)) => read.nodes.push((name, words)),
            (_, Some(to), Some(words)) => read.links.push((name, to, words)),
            other => panic!("{other:?} in\n{dot}"),
        }
    }
    assert_eq!(tokens.next(), None, "behind the end of\n{dot}");
    read.holds_together();
    read
}

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    /// What stood within quotation marks, as Graphviz shows it.
    Text(String),
    /// `>` stands for the arrow.
    Mark(char),
}

impl Token {
    fn word(word: &str) -> Self {
        Self::Word(word.to_owned())
    }
}

/// The tokens of the language of Graphviz, without its comments, numbers with signs and markup in labels.
fn tokens(dot: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = dot.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            ' ' | '\n' => {}
            '{' | '}' | '[' | ']' | '=' | ',' => tokens.push(Token::Mark(c)),
            '-' => {
                assert_eq!(rest.next(), Some('>'), "half an arrow in\n{dot}");
                tokens.push(Token::Mark('>'));
            }
            '"' => {
                let mut text = String::new();
                loop {
                    match rest.next().expect("an end of the text") {
                        '"' => break,
                        // In labels `n` ends a line; `N`, `G`, `l` and others mean something, too, and aren't written.
                        '\\' => match rest.next() {
                            Some('n') => text.push('\n'),
                            Some(c @ ('"' | '\\')) => text.push(c),
                            other => panic!("{other:?} behind a backslash in\n{dot}"),
                        },
                        '&' => {
                            let name: String = rest.clone().take(4).collect();
                            let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#');
                            assert!(!begins || name == "amp;", "&{name} in\n{dot}");
                            text.push('&');
                            if begins {
                                (0..4).for_each(|_| assert!(rest.next().is_some()));
                            }
                        }
                        c => {
                            assert!(!c.is_control(), "{c:?} in\n{dot}");
                            text.push(c);
                        }
                    }
                }
                tokens.push(Token::Text(text));
            }
            c => {
                assert!(c.is_ascii_alphanumeric(), "{c:?} in\n{dot}");
                let mut word = String::from(c);
                while let Some(c) = rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '.') {
                    word.push(c);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    tokens
}

/// Reads a chart for Mermaid, and refuses whatever isn't of the few forms that we write.
pub(crate) fn read_mermaid(mermaid: &str) -> Read {
    let mut lines = mermaid.lines();
    let mut read = Read::default();
    let mut next = || lines.next().unwrap_or_else(|| panic!("no end in\n{mermaid}")).trim_start();
    assert_eq!(next(), "flowchart LR");
    let title =
        next().strip_prefix("subgraph whole [").and_then(|rest| rest.strip_suffix(']')).expect("a title");
    read.title = label(title);
    assert_eq!(next(), "direction LR");
    loop {
        let line = next();
        if line == "end" {
            break;
        }
        let name_ends = line.find(|c: char| !c.is_ascii_alphanumeric()).expect("more than a name");
        let (name, rest) = line.split_at(name_ends);
        let links = ["--o", "==>", "-->", "-.->"];
        if let Some(rest) = links.iter().find_map(|link| rest.strip_prefix(&format!(" {link}|"))) {
            let (words, to) = rest.rsplit_once("| ").expect("where it leads");
            read.links.push((name.to_owned(), to.to_owned(), label(words)));
        } else {
            let rest = [":::unnamed", ":::nobody", ":::disputed"]
                .iter()
                .find_map(|class| rest.strip_suffix(class))
                .unwrap_or(rest);
            let round = rest.strip_prefix("([").and_then(|rest| rest.strip_suffix("])"));
            let square = rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            read.nodes.push((name.to_owned(), label(round.or(square).expect("a box"))));
        }
    }
    for line in lines {
        assert!(line.starts_with("  style whole ") || line.starts_with("  classDef "), "{line}");
    }
    read.holds_together();
    read
}

/// What Mermaid shows of a label, which stands within quotation marks.
fn label(quoted: &str) -> String {
    let text = quoted.strip_prefix('"').and_then(|text| text.strip_suffix('"')).expect("quotation marks");
    let begins_list = text.starts_with('-')
        || text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']);
    assert!(!begins_list, "{text}");
    assert!(!text.contains("ﬂ°"), "Mermaid takes this for a number of its own: {text}");
    let mut shown = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '#' => {
                let (number, behind) = rest.split_once(';').expect("an end of the number");
                shown.push(number.parse().ok().and_then(char::from_u32).expect("the number of a character"));
                rest = behind;
            }
            '\\' => {
                rest = rest.strip_prefix('n').expect("only lines end behind a backslash");
                shown.push('\n');
            }
            c => {
                let plain = c.is_alphanumeric() || !c.is_ascii() || " .,:;?!'()-".contains(c);
                assert!(plain && !c.is_control(), "{c:?} in {text}");
                assert!(c != ':' || rest.starts_with(' '), "{text}");
                shown.push(c);
            }
        }
    }
    shown
}

impl Read {
    /// Lines lead from box to box, and boxes have names of ours.
    fn holds_together(&self) {
        let names: std::collections::BTreeSet<&str> =
            self.nodes.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), self.nodes.len(), "two boxes have one name");
        for name in &names {
            let ours = name.strip_prefix(['s', 'c']).is_some_and(|number| number.parse::<u32>().is_ok());
            assert!(ours || *name == "nobody", "{name}");
        }
        for (from, to, _) in &self.links {
            assert!(names.contains(from.as_str()) && names.contains(to.as_str()), "{from} to {to}");
        }
    }

    /// The same with all words in one line, as they are before they are set.
    fn in_lines(self) -> Self {
        let line = |text: String| text.replace('\n', " ");
        Self {
            title: line(self.title),
            nodes: self.nodes.into_iter().map(|(name, words)| (name, line(words))).collect(),
            links: self.links.into_iter().map(|(from, to, words)| (from, to, line(words))).collect(),
        }
    }
}

/// Both charts of a dossier, which must show the same.
fn both(report: &Report<'_>) -> Read {
    let (dot, mermaid) = (report.to_dot(), report.to_mermaid());
    let read = read_dot(&dot).in_lines();
    let same = read_mermaid(&mermaid).in_lines();
    // `ﬂ°` is how Mermaid writes numbers for itself.
    if !dot.contains("ﬂ°") {
        assert_eq!(read, same);
    }
    read
}

fn read_both(dossier: &Dossier) -> Read {
    both(&Resolver::standard().resolve(dossier))
}

#[test]
fn stories_are_charted() {
    let read = |file: &str| Dossier::from_json(file).expect("a dossier of the corpus");
    let raid = read(include_str!("../corpus/raid.json"));
    let report = Resolver::standard().resolve(&raid);
    expect_file!["../snapshots/raid.dot"].assert_eq(&report.to_dot());
    expect_file!["../snapshots/raid.mmd"].assert_eq(&report.to_mermaid());
    both(&report);
    let hostile = read(include_str!("../corpus/hostile-text.json"));
    let report = Resolver::standard().resolve(&hostile);
    expect_file!["../snapshots/hostile-text.dot"].assert_eq(&report.to_dot());
    expect_file!["../snapshots/hostile-text.mmd"].assert_eq(&report.to_mermaid());
    both(&report);
}

#[test]
fn one_claim_is_charted_alone() {
    let raid = Dossier::from_json(include_str!("../corpus/raid.json")).expect("the raid");
    let report = Resolver::standard().resolve(&raid);
    let killed = report.finding("fighters-killed").expect("a finding");
    expect![[r##"
        digraph {
          graph [label="How many Islamic State fighters were\nkilled in the raid?", labelloc=t, fontsize=18, rankdir=LR, ranksep=1.2]
          graph [fontname="Helvetica"]
          node [fontname="Helvetica", fontsize=11, shape=box, style=rounded]
          edge [fontname="Helvetica", fontsize=10]
          s0 [label="United States"]
          s1 [label="Iraq"]
          s2 [label="the newspaper"]
          c0 [label="How many Islamic State fighters were\nkilled in the raid?\ndisputed\nprint: at least 14 fighters. Or: Iraq\nsays 14 fighters; United States says\n15 fighters", shape=note, style=bold, color="#b3261e"]
          s1 -> c0 [label="14 fighters"]
          s0 -> c0 [label="15 fighters"]
          s2 -> c0 [label="at least 14 fighters, no source named", style=dashed, color="#777777"]
        }
    "##]]
    .assert_eq(&killed.to_dot());
    expect![[r#"
        flowchart LR
          subgraph whole ["How many Islamic State fighters were killed in the raid?"]
            direction LR
            s0(["United States"])
            s1(["Iraq"])
            s2(["the newspaper"])
            c0["How many Islamic State fighters were killed in the raid?\ndisputed\nprint: at least 14 fighters. Or: Iraq says 14 fighters; United States says 15 fighters"]:::disputed
            s1 -->|"14 fighters"| c0
            s0 -->|"15 fighters"| c0
            s2 -.->|"at least 14 fighters, no source named"| c0
          end
          style whole fill:none,stroke:none
          classDef unnamed stroke-dasharray:4 3
          classDef nobody fill:none,stroke:none
          classDef disputed stroke:#b3261e,stroke-width:3px
    "#]]
    .assert_eq(&killed.to_mermaid());
    // The office's word on attacks brings in what it is part of, and whose words it relays; nobody else.
    let claimed = report.finding("attacks-claimed").expect("a finding");
    let read = read_mermaid(&claimed.to_mermaid());
    expect![[r#"
        [
            (
                "s0",
                "s1",
                "includes",
            ),
            (
                "s2",
                "s1",
                "is relayed by",
            ),
            (
                "s2",
                "c0",
                "153",
            ),
        ]
    "#]]
    .assert_debug_eq(&read.links);
    assert_eq!(read.in_lines(), read_dot(&claimed.to_dot()).in_lines());
    let drawn = claimed.source_graph();
    assert!(
        drawn.contains("Islamic State is relayed by U.S. Central Command.") && !drawn.contains("Kurilla"),
        "{drawn}"
    );
}

#[test]
fn echoes_circles_and_what_is_set_aside_are_charted() {
    let links = |file: &str| {
        let read = read_both(&Dossier::from_json(file).expect("a dossier of the corpus"));
        let name = |node: &str| read.nodes.iter().find(|(name, _)| name == node).expect("a box").1.clone();
        read.links
            .iter()
            .map(|(from, to, words)| format!("{} | {words} | {}\n", name(from), name(to)))
            .collect::<String>()
    };
    expect![[r#"
        Meridian Wire | is echoed by | Varn Courier
        Meridian Wire | is echoed by | Lumeria Post
        Meridian Wire | is echoed by | Harbour Gazette
        Varn Courier | is echoed by | Lumeria Post
        Meridian Wire | 1,200 | How many people were evacuated from Varn? single-source print: 1,200, says Meridian Wire
        Varn Courier | 1,200, an echo | How many people were evacuated from Varn? single-source print: 1,200, says Meridian Wire
        Lumeria Post | 1,200, an echo | How many people were evacuated from Varn? single-source print: 1,200, says Meridian Wire
        Harbour Gazette | 1,200, an echo | How many people were evacuated from Varn? single-source print: 1,200, says Meridian Wire
        Meridian Wire | 30 | How many people were injured? agreed print: 30, say Meridian Wire and Varn Hospital
        Varn Courier | 30, an echo | How many people were injured? agreed print: 30, say Meridian Wire and Varn Hospital
        Varn Hospital | 30 | How many people were injured? agreed print: 30, say Meridian Wire and Varn Hospital
        Meridian Wire | yes | Is the bridge over the Oder Mesa closed? single-source print: yes, says Meridian Wire
        Varn Courier | yes, an echo | Is the bridge over the Oder Mesa closed? single-source print: yes, says Meridian Wire
        Lumeria Post | yes, an echo | Is the bridge over the Oder Mesa closed? single-source print: yes, says Meridian Wire
    "#]].assert_eq(&links(include_str!("../corpus/wire-copy.json")));
    expect![[r#"
        Harbour Gazette | is cited in a circle by | Varn Courier
        Varn Courier | is cited in a circle by | Lumeria Post
        Lumeria Post | is cited in a circle by | Harbour Gazette
        Varn Fire Service | is echoed by | Varn Courier
        Lumeria Post | is echoed by | Varn Courier
        Varn Courier | is echoed by | Lumeria Post
        Lumeria Post | is cited in a circle by | Varn Courier
        Varn Courier | 40, no original source found | How many shops were looted? unattributed print: no named source says so
        Lumeria Post | 40, no original source found | How many shops were looted? unattributed print: no named source says so
        Harbour Gazette | 40, no original source found | How many shops were looted? unattributed print: no named source says so
        Varn Fire Service | 8 | How many houses burned? single-source print: 8, says Varn Fire Service
        Varn Courier | 8, an echo | How many houses burned? single-source print: 8, says Varn Fire Service
        Lumeria Post | 8, an echo | How many houses burned? single-source print: 8, says Varn Fire Service
        Varn Police | 55 | How many people were arrested? single-source print: 55, say Varn Police
        Varn Courier | 60, no original source found | How many people were arrested? single-source print: 55, say Varn Police
        Lumeria Post | 60, no original source found | How many people were arrested? single-source print: 55, say Varn Police
        the document itself | yes, no source named | Did the pump station fail? unattributed print: no named source says so
        Varn Courier | yes, no original source found | Did the pump station fail? unattributed print: no named source says so
    "#]].assert_eq(&links(include_str!("../corpus/circular-sourcing.json")));
    expect![[r#"
        Karsova interior ministry | includes | the ministry's press secretary
        Meridian Wire | is copied by | Varn Courier
        Meridian Wire | 40, set aside: superseded | How many people died? single-source print: 14, says Meridian Wire
        Meridian Wire | 14 | How many people died? single-source print: 14, says Meridian Wire
        Varn Courier | 40, set aside: origin set aside | How many people died? single-source print: 14, says Meridian Wire
        Meridian Wire | 40, set aside: latest word | How many people died in the harbour? single-source print: 14, says Meridian Wire
        Meridian Wire | 14 | How many people died in the harbour? single-source print: 14, says Meridian Wire
        Karsova interior ministry | 10, set aside: latest word | How many people were arrested? single-source print: 12, says Karsova interior ministry
        Karsova interior ministry | 12 | How many people were arrested? single-source print: 12, says Karsova interior ministry
        Varn Hospital | 9, set aside: retracted | How many people were rescued? unaddressed
        Karsova interior ministry | 10 | How many boats sank? single-source print: 10, says Karsova interior ministry
        Karsova interior ministry | 12, set aside: retracted | How many boats sank? single-source print: 10, says Karsova interior ministry
        Varn Hospital | 10 | How many people were wounded? disputed print: at least 10. Or: Varn Hospital says 10; Varn Hospital says 12
        Varn Hospital | 12 | How many people were wounded? disputed print: at least 10. Or: Varn Hospital says 10; Varn Hospital says 12
        Karsova interior ministry | yes | Are the gates open? single-source print: yes, says Karsova interior ministry
        Karsova interior ministry | declined to say | Are the gates open? single-source print: yes, says Karsova interior ministry
        Karsova interior ministry | 3 | How many looters were seen? single-source print: 3, says Karsova interior ministry
        Karsova interior ministry | no evidence | How many looters were seen? single-source print: 3, says Karsova interior ministry
        Karsova interior ministry | 6, set aside: superseded | How many trains were stopped? single-source print: 8, says the ministry's press secretary
        the ministry's press secretary | 8 | How many trains were stopped? single-source print: 8, says the ministry's press secretary
        Varn Hospital | 5, set aside: superseded | How many houses fell? single-source print: 7, says Varn Hospital
        Varn Hospital | 6, set aside: superseded | How many houses fell? single-source print: 7, says Varn Hospital
        Varn Hospital | 7 | How many houses fell? single-source print: 7, says Varn Hospital
        Varn Courier | 40, set aside: superseded | How many cranes fell? unattributed print: no named source says so
        Varn Courier | 14, no source named | How many cranes fell? unattributed print: no named source says so
        Karsova interior ministry | 20 | How many tents were put up? disputed print: at least 20. Or: Karsova interior ministry says 20; Varn Hospital says 25
        Varn Hospital | 25 | How many tents were put up? disputed print: at least 20. Or: Karsova interior ministry says 20; Varn Hospital says 25
        Karsova interior ministry | 4, set aside: latest word | How many bodies were found on the pier? single-source print: anything but 4, says Karsova interior ministry
        Karsova interior ministry | anything but 4 | How many bodies were found on the pier? single-source print: anything but 4, says Karsova interior ministry
    "#]].assert_eq(&links(include_str!("../corpus/corrections.json")));
}

/// Joint words come from all who stand behind them, and go through one relay after the other.
#[test]
fn words_go_from_hand_to_hand() {
    use corroborate::{Assertion, Claim, Source};
    let mut flood = Dossier::new("Flood at Varn");
    for id in ["mayor", "brigade", "agency", "courier"] {
        flood.add_source(Source::new(id, id)).expect("a source");
    }
    flood.add_claim(Claim::count("missing", "How many people are missing?")).expect("a claim");
    let jointly = Assertion::new("missing", "12").by("mayor").by("brigade").via("courier").via("agency");
    flood.record(jointly).expect("an assertion");
    let report = Resolver::standard().resolve(&flood);
    let mut picture = Vec::new();
    report.write_source_graph(&mut picture).expect("memory");
    let told = "mayor is relayed by agency. brigade is relayed by agency. agency is relayed by courier.";
    assert!(String::from_utf8_lossy(&picture).contains(told), "{}", String::from_utf8_lossy(&picture));
    let passed = both(&report).links.into_iter().filter(|(.., words)| words == "is relayed by");
    let passed: Vec<String> = passed.map(|(from, to, _)| format!("{from} {to}")).collect();
    assert_eq!(passed, ["s0 s2", "s1 s2", "s2 s3"]);
}

#[test]
fn where_nobody_speaks_the_chart_says_so() {
    let read = read_both(&Dossier::new(""));
    assert_eq!(read.title, "Untitled dossier");
    assert_eq!(read.nodes, [("nobody".to_owned(), "Nobody speaks.".to_owned())]);
    assert_eq!(read.links, []);
}

/// Holds the charts of a dossier of texts to saying all of them as they were written.
fn assert_says_what_was_written(dossier: &Dossier, texts: &[&str]) {
    let read = read_both(dossier);
    assert_eq!(read.title, shown(dossier.title()));
    for text in texts {
        let shown = shown(text);
        let named = |what: &str| read.nodes.iter().any(|(_, words)| words == what);
        assert!(named(&shown) && named(&format!("Office: {shown}")), "nobody is called {shown:?}: {read:?}");
        let asked = |(_, words): &(String, String)| words.starts_with(&format!("{shown} disputed"));
        assert!(read.nodes.iter().any(asked), "nobody asks {shown:?}: {read:?}");
    }
}

#[test]
fn no_text_becomes_markup_in_a_chart() {
    assert_says_what_was_written(&pictures::hostile_dossier(), &pictures::HOSTILE);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text_reads_in_a_chart_as_it_was_written(one in markup(), two in markup()) {
        let texts = [one.as_str(), two.as_str()];
        assert_says_what_was_written(&pictures::dossier_of(&texts), &texts);
    }
}
