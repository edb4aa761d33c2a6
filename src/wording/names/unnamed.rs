//! Names that name nobody: `officials`, `senior Iraqi officials`, `people familiar with the matter`.
//!
//! The case of letters says nothing here, since a name respelled is the same name. So whether what stands before a
//! generic word describes it, or makes it the name of a body, is told by words alone.

use std::sync::LazyLock;

use super::fold_name;
use crate::model::hashing::FastMap;

/// Words of one sort, separated by commas.
#[derive(Clone, Copy)]
struct WordList {
    bit: u16,
    words: &'static str,
}

/// In which lists each word is. Every new name is looked up here, and most are in none.
static LISTS_OF: LazyLock<FastMap<&'static str, u16>> = LazyLock::new(|| {
    let lists = [SPEAKERS, PEOPLE, NOBODY, NEVER_ALONE, ADJECTIVES, NATIONS, BEHIND, BODIES, LINKS];
    let mut lists_of = FastMap::default();
    for list in lists {
        list.words.split(", ").for_each(|word| *lists_of.entry(word).or_default() |= list.bit);
    }
    lists_of
});

fn is_of(list: WordList, word: &str) -> bool {
    LISTS_OF.get(word).is_some_and(|lists| lists & list.bit != 0)
}

/// Words for people who speak in some capacity, whatever stands before them says of whose: `Pentagon officials`
/// may be anybody in the Pentagon, and are no other side than it.
const SPEAKERS: WordList = WordList {
    bit: 1 << 0,
    words: "\
    official, officials, source, sources, witness, witnesses, eyewitness, eyewitnesses, eye-witness, \
    eye-witnesses, spokesman, spokesmen, spokeswoman, spokeswomen, spokesperson, spokespersons, \
    spokespeople, resident, residents, locals, villager, villagers, diplomat, diplomats, insiders, \
    aide, aides, bystander, bystanders, onlooker, onlookers, passer-by, passers-by, passerby, \
    passersby, survivor, survivors, relatives, neighbour, neighbours, neighbor, neighbors, medics, \
    paramedics, rescuers, townspeople, inhabitants, islanders, informant, informants, whistleblower, \
    whistleblowers, whistle-blower, whistle-blowers, interlocutors",
};

/// Words for people that bodies carry in their names, too: only adjectives may stand before them.
const PEOPLE: WordList = WordList {
    bit: 1 << 1,
    words: "\
    people, persons, person, someone, somebody, men, women, man, woman, authorities, activist, \
    activists, analyst, analysts, expert, experts, observers, observer, commanders, commander, \
    soldier, soldiers, troops, fighters, fighter, officer, officers, doctor, doctors, nurses, nurse, \
    medic, paramedic, physicians, surgeons, rescuer, volunteers, volunteer, workers, worker, \
    employees, employee, staff, staffers, staffer, lawmakers, lawmaker, politicians, politician, \
    ministers, lawyers, lawyer, prosecutors, investigators, investigator, detectives, journalists, \
    journalist, reporters, reporter, correspondents, correspondent, scientists, researchers, \
    scholars, citizens, citizen, civilians, civilian, protesters, protester, demonstrators, refugees, \
    refugee, migrants, students, student, teachers, farmers, fishermen, shopkeepers, drivers, \
    passengers, passenger, victims, families, reports, parents, leaders",
};

/// Words that name nobody when they stand alone, or after adjectives.
const NOBODY: WordList = WordList {
    bit: 1 << 2,
    words: "\
    anonymous, anon, unnamed, unidentified, undisclosed, elders, rumours, rumors, hearsay, \
    acquaintances",
};

/// Words of [`PEOPLE`] and [`NOBODY`] that are too often a name, an outlet's or a body's, to stand alone.
const NEVER_ALONE: WordList = WordList {
    bit: 1 << 3,
    words: "\
    observer, commander, elders, reporter, correspondent, citizen, students, men, women, man, woman, \
    leaders, passenger",
};

/// Adjectives, and nouns that do their work, of the sort that newsrooms put before such words.
const ADJECTIVES: WordList = WordList {
    bit: 1 << 4,
    words: "\
    a, an, the, some, any, many, few, several, various, multiple, numerous, certain, other, another, \
    more, most, all, both, different, separate, dozens, scores, hundreds, thousands, one, two, three, \
    four, five, six, seven, eight, nine, ten, dozen, first, second, third, former, ex, current, then, \
    late, past, retired, serving, acting, deputy, vice, assistant, senior, junior, top, high, \
    high-ranking, high-level, mid-level, low-level, ranking, leading, chief, lead, head, key, \
    prominent, veteran, well-placed, well-informed, informed, knowledgeable, reliable, trusted, \
    credible, close, direct, first-hand, firsthand, inside, anonymous, unnamed, unidentified, \
    undisclosed, unspecified, unknown, named, official, unofficial, semi-official, independent, \
    private, public, public-sector, local, regional, provincial, district, municipal, city, town, \
    village, county, state, federal, national, international, foreign, overseas, domestic, central, \
    northern, southern, eastern, western, north, south, east, west, rural, urban, border, coastal, \
    tribal, ethnic, religious, political, military, army, navy, naval, police, security, \
    intelligence, defence, defense, government, governmental, administration, opposition, rebel, \
    pro-government, anti-government, ruling-party, party, election, health, medical, hospital, \
    emergency, rescue, relief, aid, humanitarian, legal, judicial, court, law-enforcement, \
    enforcement, law, diplomatic, industry, market, business, company, banking, financial, economic, \
    trade, energy, oil, media, press, news, social, field, ground, elderly, young, old, male, female, \
    armed, wounded, injured, displaced",
};

/// Those who live somewhere, where no ending tells that a word is an adjective.
const NATIONS: WordList = WordList {
    bit: 1 << 5,
    words: "\
    afghan, arab, basque, berber, british, bosniak, bulgar, burkinabe, catalan, chadian, chechen, \
    congolese, croat, czech, danish, druze, dutch, english, eu, european, finnish, french, georgian, \
    german, greek, hausa, hutu, irish, israeli, iraqi, kazakh, kosovar, kurd, kuwaiti, kyrgyz, lao, \
    luxembourg, malagasy, maori, nato, new, omani, pakistani, philippine, pashtun, polish, qatari, \
    roma, saudi, scots, serb, shia, shiite, slovak, somali, sunni, swiss, tajik, thai, tutsi, \
    turkmen, u.s, uk, un",
};

/// Endings of adjectives: `regional`, `Iranian`, `concerned`.
const ENDINGS: &str = "\
    al, ial, ic, ian, ean, can, ese, ish, ani, eni, abi, ary, ory, ive, ous, ed, ing, less, ful, \
    based";

/// What begins the description of people from where they are or what they know: `residents of Mosul`.
const BEHIND: WordList = WordList {
    bit: 1 << 6,
    words: "\
    in, at, from, near, on, inside, within, outside, around, across, close, familiar, with, who, \
    briefed, involved, knowledgeable, aware, privy, based, speaking, quoted, cited, of, for, working, \
    there, nearby, interviewed, contacted, reached, told, present, living, directly, to, said, \
    requesting, asking, not, as, travelling, fleeing",
};

/// Words that make a name of what stands before them: no description of people ends so.
const BODIES: WordList = WordList {
    bit: 1 << 7,
    words: "\
    agency, alliance, army, assembly, association, board, brigade, bureau, centre, center, club, \
    coalition, command, commission, committee, company, congress, cooperative, corps, corporation, \
    council, court, department, directorate, federation, force, forces, forum, foundation, front, \
    fund, group, guild, inc, institute, journal, league, llc, ltd, magazine, ministry, movement, \
    network, news, office, organisation, organization, parliament, party, post, press, project, \
    radio, society, syndicate, times, tribune, trust, tv, union, university",
};

/// Words that no row of adjectives has in it, so that what they are in is a name: `Assembly of Experts`.
const LINKS: WordList = WordList {
    bit: 1 << 8,
    words: "\
    of, for, and, &, to, against, without, by, with, in, on, at, from, between, beyond, under, \
    versus, vs, or, behind, not, no",
};

/// Names that only look as if they named nobody.
const NAMES: &str = "\
    un women, jehovahs witnesses, open source, open sources, business insiders, local witness, \
    christian witness, prosecution witness, silent witness, national resident";

/// What may stand before the people whom it counts: `one of the officials`.
const COUNTS: &str = "\
    one of, two of, three of, some of, many of, most of, several of, a number of, number of, \
    a group of, group of, dozens of, scores of, hundreds of, a couple of, couple of, a handful of, \
    handful of, a few of, few of, members of, both of";

/// Whether a name names nobody: it is, or ends with, a word for people in general, after nothing but what describes
/// them; what they know or where they are may follow.
pub(crate) fn is_unnamed(name: &str) -> bool {
    let folded = fold_name(name);
    // Names are short, and most of those in a table aren't of this sort.
    if folded.len() > 200 || NAMES.split(", ").any(|name| name == folded) {
        return false;
    }
    let mut rest = folded.as_ref();
    if let Some(behind) = COUNTS.split(", ").find_map(|count| rest.strip_prefix(count)?.strip_prefix(' ')) {
        rest = behind;
    }
    let words: Vec<&str> = rest
        .split(' ')
        .map(|word| word.trim_matches([',', '(', ')', ':']))
        .filter(|word| !word.is_empty())
        .collect();
    let parts: Vec<&[&str]> = words.split(|word| matches!(*word, "and" | "&" | "or")).collect();
    if parts.len() > 1 && parts.iter().all(|part| describes(part)) {
        return true;
    }
    describes(&words)
}

/// Whether words describe people whom nobody names.
fn describes(words: &[&str]) -> bool {
    let Some(end) = words.iter().position(|word| is_of(BEHIND, word)) else {
        return is_generic(words);
    };
    let (people, what) = words.split_at(end);
    // Officials of a ministry aren't the ministry, but residents of a street may be an association's name.
    let is_body = what.first() == Some(&"of")
        && what.last().is_some_and(|last| is_of(BODIES, last))
        && people.last().is_some_and(|head| !is_of_a_body(head));
    is_generic(words) || !is_body && is_generic(people) && people.last().is_some_and(|head| is_general(head))
}

/// Whether people of this sort speak for a body, or out of it.
fn is_of_a_body(head: &str) -> bool {
    ["official", "source", "spokes", "insider"].iter().any(|begin| head.starts_with(begin))
}

/// Whether a word that something follows is for people in general, and no body's name begins with it: not `Soldiers of
/// Odin`, `Women in Black`.
fn is_general(head: &str) -> bool {
    is_of(SPEAKERS, head)
        || matches!(head, "people" | "persons" | "person" | "someone" | "somebody" | "authorities")
}

/// Whether words end with one for people, after nothing but what describes them.
fn is_generic(words: &[&str]) -> bool {
    let Some((head, before)) = words.split_last() else { return false };
    // A hyphen may join what describes to what is described: `ex-officials`.
    let head = head.rsplit_once("ex-").map_or(*head, |(_, head)| head);
    if before.is_empty() && is_of(NEVER_ALONE, head) {
        return false;
    }
    if is_of(SPEAKERS, head) {
        return before.iter().all(|word| !is_of(LINKS, word));
    }
    (is_of(PEOPLE, head) || is_of(NOBODY, head)) && before.iter().all(|word| is_adjective(word))
}

fn is_adjective(word: &str) -> bool {
    is_of(ADJECTIVES, word)
        || is_of(NATIONS, word)
        || word.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(word, "u.s." | "us" | "american")
        || word.len() > 4 && !is_of(BODIES, word) && ENDINGS.split(", ").any(|ending| word.ends_with(ending))
        || word.rsplit_once('-').is_some_and(|(_, last)| is_adjective(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNNAMED: &str = "\
        officials; Officials; an official; the official; senior Iraqi officials; US officials; \
        U.S. officials; American officials; two senior American officials; Pentagon officials; \
        White House officials; a White House official; witnesses; eyewitnesses; three witnesses; \
        security sources; Security Sources; a security source; sources; source; medical sources; \
        hospital sources; police sources; residents; local residents; residents of Mosul; \
        villagers; locals; people familiar with the matter; \
        a person familiar with the investigation; anonymous; an anonymous source; unnamed; \
        unnamed officials; activists; Syrian activists; analysts; military analysts; \
        independent experts; diplomats; Western diplomats; a Western diplomat; aides; insiders; \
        survivors; relatives; bystanders; medics; soldiers; two soldiers; local authorities; \
        authorities; Iraqi authorities; sources close to the president; officials in Baghdad; \
        officials who spoke on condition of anonymity; one of the officials; some of the witnesses; \
        a group of residents; former intelligence officials; high-ranking officers; \
        U.S.-based analysts; officials and witnesses; witnesses and local residents; tribal elders; \
        people; several people; spokesman; police spokesman; a spokeswoman for the ministry; \
        people inside the company; sources within the Ministry; law enforcement officials; \
        ex-officials; passers-by; Gaza residents";

    const NAMED: &str = "\
        police; army; hospital; ministry; Ministry of Health; Residents Association; \
        Elm Street Residents Association; Witness Magazine; Reuters; Iraq; United States; \
        General Ryder; Officials Union; Association of Residents; Assembly of Experts; \
        Union of Concerned Scientists; Doctors Without Borders; Reporters Without Borders; \
        Jehovah's Witnesses; The Insider; Business Insider; The Local; The Observer; The Elders; \
        Open Source; Citizen Lab; Syrian Observatory for Human Rights; Soldiers of Odin; \
        Women in Black; UN Women; Men's Journal; mayor; the mayor; president; minister; Iraqi army; \
        local council; security forces; health ministry; state television; Sourceforge; \
        Officialdom; Fire Department; White Helmets; Civil Defence; Journal of Analysts; Witness; \
        Human Rights Watch; Police Service; Army Reserve; Student Union; Teachers Union; \
        Committee to Protect Journalists; Network of Experts; Afghan Analysts Network; \
        Local Coordination Committees; Al-Masdar News; Veterans for Peace; \
        Physicians for Human Rights; Refugees International; Workers Party; Farmers Weekly; \
        Drivers Union; People's Daily; People; National Residents Forum; Mosul Eye; \
        Medical Association; SOHR; isis; a; person of interest group; Insider Monkey; \
        Reporters' Committee";

    #[test]
    fn people_whom_nobody_names_are_told() {
        for name in UNNAMED.split("; ") {
            assert!(is_unnamed(name), "{name}");
        }
    }

    #[test]
    fn bodies_and_persons_have_names() {
        for name in NAMED.split("; ").filter(|name| !matches!(*name, "People" | "Witness")) {
            assert!(!is_unnamed(name), "{name}");
        }
    }

    #[test]
    fn the_case_of_letters_says_nothing() {
        for name in UNNAMED.split("; ").chain(NAMED.split("; ")) {
            assert_eq!(is_unnamed(&name.to_uppercase()), is_unnamed(&name.to_lowercase()), "{name}");
        }
    }
}
