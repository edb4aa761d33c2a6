//! How people write figures with their units, dates, and who says what.

use std::borrow::Cow;

use super::iso::MONTHS;

/// Units that stand behind a figure as they are, however many there are.
const SYMBOLS: &str = "km m cm mm mi ft in yd kg g mg t lb oz ha km² m² km2 m2 l ml km/h kph mph m/s kn °C °F C F K \
                       W kW MW GW Wh kWh MWh GWh hPa mbar dB Hz bn Mw Ml ML";

/// What stands in front of a figure.
const SIGNS: &str = "$€£¥₹";

/// Units whose plural no rule makes.
const PLURALS: [(&str, &str); 12] = [
    ("person", "people"),
    ("man", "men"),
    ("woman", "women"),
    ("child", "children"),
    ("foot", "feet"),
    ("life", "lives"),
    ("wife", "wives"),
    ("knife", "knives"),
    ("aircraft", "aircraft"),
    ("police", "police"),
    ("personnel", "personnel"),
    ("sheep", "sheep"),
];

/// Words of magnitude that a unit follows with `of`: dozens of fighters.
const MAGNITUDES: [&str; 6] = ["dozens", "scores", "hundreds", "thousands", "millions", "billions"];

/// The plural of a unit, as English makes it; of a symbol, the symbol.
///
/// ```text
/// service member → service members, vehicle → vehicles, person → people, km → km
/// ```
pub(crate) fn plural(unit: &str) -> Cow<'_, str> {
    let (before, last) =
        unit.rsplit_once([' ', '-']).map_or(("", unit), |(_, last)| (&unit[..unit.len() - last.len()], last));
    let lower = last.to_lowercase();
    if is_symbol(unit) || !last.is_ascii() || lower.is_empty() {
        return Cow::Borrowed(unit);
    }
    if let Some((_, plural)) = PLURALS.iter().find(|(one, many)| lower == *one || lower == *many) {
        return Cow::Owned(format!("{before}{plural}"));
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
    if ends(&["s"]) && !ends(&["ss", "us", "bus"]) {
        return Cow::Borrowed(unit); // it is one already
    }
    Cow::Owned(if ends(&["s", "x", "z", "ch", "sh"]) {
        format!("{unit}es")
    } else if ends(&["y"]) && !ends(&["ay", "ey", "oy", "uy"]) {
        format!("{}ies", &unit[..unit.len() - 1])
    } else if let Some(stem) = unit.strip_suffix("man") {
        format!("{stem}men")
    } else {
        format!("{unit}s")
    })
}

fn is_symbol(unit: &str) -> bool {
    let is_code = unit.len() == 3 && unit.chars().all(|c| c.is_ascii_uppercase());
    is_code
        || SYMBOLS.split_whitespace().any(|symbol| symbol == unit)
        || !unit.chars().any(char::is_alphabetic)
}

/// A figure in words, such as `at least 14` or `dozens`, with its unit: `at least 14 fighters`, `dozens of fighters`,
/// `45%`, `more than $3`.
///
/// Where the words name the unit already, or are "none", nothing is added.
pub(crate) fn with_unit(figure: &str, unit: &str) -> String {
    let words = || figure.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let many = plural(unit);
    let names_unit = |word: &str| word.eq_ignore_ascii_case(unit) || word.eq_ignore_ascii_case(&many);
    let says_none = matches!(figure, "none" | "no" | "nil" | "no evidence" | "anything");
    if unit.is_empty() || says_none || words().any(names_unit) || figure.ends_with(unit) {
        return figure.to_owned();
    }
    if unit == "%" || unit == "percent" || unit == "per cent" {
        return if figure.contains(['%']) { figure.to_owned() } else { format!("{figure}%") };
    }
    if let [sign] = unit.chars().collect::<Vec<char>>()[..]
        && SIGNS.contains(sign)
    {
        return if figure.contains(sign) { figure.to_owned() } else { signed(figure, sign) };
    }
    // A remark in brackets stays behind the unit.
    let (figure, remark) = figure
        .split_once(" (")
        .map_or((figure, String::new()), |(figure, remark)| (figure, format!(" ({remark}")));
    let last = words().next_back().unwrap_or_default().to_lowercase();
    let of = if MAGNITUDES.contains(&last.as_str()) { "of " } else { "" };
    let is_one = figure == "1" || figure == "one" || figure.ends_with(" 1") || figure.ends_with(" one");
    let unit = if is_one { Cow::Borrowed(unit) } else { many };
    format!("{figure} {of}{unit}{remark}")
}

/// A sign in front of each figure.
fn signed(words: &str, sign: char) -> String {
    let mut text = String::with_capacity(words.len() + 4);
    let mut before = ' ';
    for c in words.chars() {
        if c.is_ascii_digit() && !before.is_ascii_digit() && !matches!(before, ',' | '.') {
            text.push(sign);
        }
        text.push(c);
        before = c;
    }
    text
}

/// A name that something is of: `Iraq's`, `American officials'`.
pub(crate) fn possessive(name: &str) -> String {
    format!("{name}{}", if name.ends_with(['s', 'S']) { "'" } else { "'s" })
}

/// A date in ISO form, as people write it: `29 August 2024`, `August 2024`, `29 August 2024, 14:30 UTC`. What isn't of that
/// form stays as it is.
pub(crate) fn date_for_people(iso: &str) -> String {
    day_and_time(iso).unwrap_or_else(|| iso.to_owned())
}

fn day_and_time(iso: &str) -> Option<String> {
    let (day, time) = iso.split_once('T').map_or((iso, None), |(day, time)| (day, Some(time)));
    let words = day_for_people(day)?;
    let Some(time) = time else { return Some(words) };
    let zone = time.find(['Z', '+', '-'])?;
    let (clock, zone) = time.split_at(zone);
    let zone = if zone == "Z" { "UTC".to_owned() } else { format!("UTC{zone}") };
    Some(format!("{words}, {clock} {zone}"))
}

fn day_for_people(day: &str) -> Option<String> {
    // Years before the first are counted from 0 down: -0043 is 44 BCE.
    if let Some(before) = day.strip_prefix('-') {
        let (year, rest) = before.split_at_checked(4)?;
        let words = day_for_people(&format!("{:04}{rest}", year.parse::<u32>().ok()? + 1))?;
        return Some(format!("{} BCE", words.trim_end_matches(" CE")));
    }
    let mut parts = day.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if parts.next().is_some()
        || year.len() < 4
        || ![Some(year), month, day].into_iter().flatten().all(is_number)
    {
        return None;
    }
    let plain = year.trim_start_matches('0');
    let (year, is_short) = if plain.is_empty() { ("0", true) } else { (plain, plain.len() < 4) };
    if year == "0" {
        return None;
    }
    let Some(month) = month else {
        return Some(if is_short { format!("{year} CE") } else { year.to_owned() });
    };
    let month = MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
    Some(match day {
        Some(day) => format!("{} {month} {year}", day.trim_start_matches('0')),
        None => format!("{month} {year}"),
    })
}

/// A stretch of time: `26 August to 1 September 2024`, `1914 to 1918`.
pub(crate) fn dates_for_people(from: &str, to: &str) -> String {
    let (first, last) = (date_for_people(from), date_for_people(to));
    // A year that both share is named once, where days or months are named beside it.
    let shared =
        first.rsplit_once(' ').zip(last.rsplit_once(' ')).filter(|((_, one), (_, other))| one == other);
    match shared {
        Some(((before, _), _)) if !from.contains('T') && !to.contains('T') => format!("{before} to {last}"),
        _ => format!("{first} to {last}"),
    }
}

/// `says`, or `say` where several do, or one name stands for several people: American officials say.
pub(crate) fn says(names: &[String]) -> &'static str {
    match names {
        [one] if !is_plural(one) => "says",
        _ => "say",
    }
}

/// Whether a name stands for several people: `American officials`, `people at the scene`, `Varn police`.
fn is_plural(name: &str) -> bool {
    const BEHIND: [&str; 12] =
        ["of", "in", "at", "from", "with", "close", "familiar", "who", "on", "near", "for", "briefed"];
    const SEVERAL: &str = "officials sources witnesses eyewitnesses eye-witnesses spokesmen spokeswomen \
        spokespeople residents locals villagers diplomats insiders aides bystanders onlookers survivors \
        relatives neighbours neighbors medics paramedics rescuers people persons men women authorities \
        activists analysts experts observers commanders soldiers troops fighters officers doctors nurses \
        volunteers workers employees lawmakers politicians ministers lawyers prosecutors investigators \
        journalists reporters correspondents scientists researchers citizens civilians protesters refugees \
        students teachers drivers passengers victims families reports callers police specialists leaders \
        elders campaigners inspectors engineers guards coastguards fishermen farmers drivers";
    let name = name.to_lowercase();
    let head = name.split(' ').take_while(|word| !BEHIND.contains(word)).last();
    head.is_some_and(|head| {
        let head = head.trim_matches(|c: char| !c.is_alphanumeric());
        SEVERAL.split_whitespace().any(|word| word == head)
    })
}

/// Text that begins with a capital letter.
pub(crate) fn capital(text: &str) -> String {
    // A sentence may begin with a quotation.
    let (mark, text) = text.split_at(if text.starts_with('“') { '“'.len_utf8() } else { 0 });
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{mark}{first}{}", letters.as_str())
}

/// Names as they stand within a sentence: `the mayor of Varn` for `The mayor of Varn`, while `The Hague` stays.
pub(crate) fn in_sentence(names: &str) -> String {
    match names.strip_prefix("The ") {
        Some(rest) if rest.starts_with(char::is_lowercase) => format!("the {rest}"),
        _ => names.to_owned(),
    }
}

/// Names in a row: `Iraq, the United States and Syria`.
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first, others @ .., last] => {
            let others: String = others.iter().map(|name| format!(", {}", in_sentence(name))).collect();
            format!("{first}{others} and {}", in_sentence(last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_takes_its_unit() {
        for (figure, unit, words) in [
            ("at least 14", "fighter", "at least 14 fighters"),
            ("1", "fighter", "1 fighter"),
            ("21", "fighter", "21 fighters"),
            ("at least 1", "service member", "at least 1 service member"),
            ("dozens", "fighter", "dozens of fighters"),
            ("some 2,500", "person", "some 2,500 people"),
            ("3,559 people", "person", "3,559 people"),
            ("14 to 15", "%", "14 to 15%"),
            ("more than 10.7", "$", "more than $10.7"),
            ("1,200 to 1,500", "€", "€1,200 to €1,500"),
            ("3 to 5 (best estimate 4)", "country", "3 to 5 countries (best estimate 4)"),
            ("none", "fighter", "none"),
            ("62.1", "km", "62.1 km"),
            ("5", "EUR", "5 EUR"),
            ("2", "bus", "2 buses"),
            ("2", "class", "2 classes"),
            ("7", "soldiers", "7 soldiers"),
        ] {
            assert_eq!(with_unit(figure, unit), words);
        }
    }

    #[test]
    fn dates_are_written_as_people_write_them() {
        for (iso, words) in [
            ("2024-08-29", "29 August 2024"),
            ("2024-08", "August 2024"),
            ("2024", "2024"),
            ("2024-09-03T14:30Z", "3 September 2024, 14:30 UTC"),
            ("2024-09-03T14:30:05+03:00", "3 September 2024, 14:30:05 UTC+03:00"),
            ("about then", "about then"),
            ("0742-04-02", "2 April 742"),
            ("0742", "742 CE"),
            ("-0043-03-15", "15 March 44 BCE"),
            ("-0043", "44 BCE"),
            ("2024-13", "2024-13"),
        ] {
            assert_eq!(date_for_people(iso), words);
        }
        assert_eq!(dates_for_people("2024-08-26", "2024-09-01"), "26 August to 1 September 2024");
        assert_eq!(dates_for_people("1914", "1918"), "1914 to 1918");
        assert_eq!(dates_for_people("2023-12-30", "2024-01-02"), "30 December 2023 to 2 January 2024");
    }

    #[test]
    fn several_people_say_and_one_says() {
        for (name, verb) in [
            ("Iraq", "says"),
            ("United States", "says"),
            ("American officials", "say"),
            ("people familiar with the matter", "say"),
            ("a senior U.S. military official", "says"),
            ("Varn police", "say"),
        ] {
            assert_eq!(says(&[name.to_owned()]), verb, "{name}");
        }
        assert_eq!(says(&["Iraq".to_owned(), "Syria".to_owned()]), "say");
    }
}
