//! JSON as it stands in a file: each value with its place, fields that stand twice too, and what is no JSON
//! in words of ours.

use std::borrow::Cow;

use crate::error::Shown;

/// A value, and the number of the byte with which it begins.
#[derive(Debug)]
pub(crate) struct JsonNode<'t> {
    pub(crate) at: usize,
    pub(crate) content: JsonContent<'t>,
}

/// What a value is.
#[derive(Debug)]
pub(crate) enum JsonContent<'t> {
    Null,
    Bool(bool),
    Number(&'t str),
    Text(Cow<'t, str>),
    List(Vec<JsonNode<'t>>),
    Object(Vec<JsonField<'t>>),
}

/// A field of an object, and the number of the byte with which its name begins.
#[derive(Debug)]
pub(crate) struct JsonField<'t> {
    pub(crate) at: usize,
    pub(crate) name: Cow<'t, str>,
    pub(crate) value: JsonNode<'t>,
}

/// Where a text is no JSON, and why.
#[derive(Debug)]
pub(crate) struct JsonSyntaxError {
    pub(crate) at: usize,
    pub(crate) problem: String,
}

/// Lists and objects may stand in each other so deep.
const DEEPEST: usize = 100;

impl<'t> JsonNode<'t> {
    /// Reads a whole text.
    pub(crate) fn parse(text: &'t str) -> Result<Self, JsonSyntaxError> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        let node = parser.value()?;
        match parser.next() {
            None => Ok(node),
            Some(_) => Err(parser.slip("expected nothing more")),
        }
    }

    /// Reads one value, and moves on behind it.
    #[cfg(feature = "csv")]
    pub(super) fn read(text: &'t str, at: &mut usize) -> Result<Self, JsonSyntaxError> {
        let mut parser = Parser { text, at: *at, depth: 0 };
        let node = parser.value()?;
        *at = parser.at;
        Ok(node)
    }

    /// What was found, in a message.
    pub(crate) fn found(&self) -> String {
        match &self.content {
            JsonContent::Null => "found `null`".to_owned(),
            JsonContent::Bool(yes) => format!("found `{yes}`"),
            JsonContent::Number(figure) => format!("found the number {}", Shown(figure)),
            JsonContent::Text(text) => format!("found the text {}", Shown(text)),
            JsonContent::List(_) => "found a list".to_owned(),
            JsonContent::Object(_) => "found an object".to_owned(),
        }
    }
}

/// What a number says in words, as far as it says the same to every reader of JSON.
pub(crate) fn figure(number: &str) -> Result<String, String> {
    let whole = number.parse::<u64>().map(|figure| figure.to_string());
    let whole = whole.or_else(|_| number.parse::<i64>().map(|figure| figure.to_string()));
    if let (Ok(whole), true) = (whole, number != "-0") {
        return Ok(whole);
    }
    let figure: f64 = number.parse().unwrap_or(f64::INFINITY);
    let text = figure.to_string();
    // Beyond fifteen digits a binary number isn't the decimal that was written.
    if !figure.is_finite() || text.bytes().filter(u8::is_ascii_digit).count() > 15 {
        return Err("the number has more digits than JSON keeps; write it as a text".to_owned());
    }
    Ok(text)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next byte that isn't white space, which is read up to.
    fn next(&mut self) -> Option<u8> {
        let rest = self.rest();
        let trimmed = rest.trim_start_matches([' ', '\n', '\r', '\t']);
        self.at += rest.len() - trimmed.len();
        trimmed.bytes().next()
    }

    /// What is wrong here, where something else was expected.
    fn slip(&self, problem: &str) -> JsonSyntaxError {
        JsonSyntaxError { at: self.at, problem: problem.to_owned() }
    }

    /// The text ends too early; what is named last is the last of it.
    fn ends(&self, within: &str) -> JsonSyntaxError {
        let last = self.text.trim_end().char_indices().next_back();
        JsonSyntaxError {
            at: last.map_or(0, |(at, _)| at),
            problem: format!("the text ends within {within}"),
        }
    }

    fn value(&mut self) -> Result<JsonNode<'t>, JsonSyntaxError> {
        let next = self.next();
        let at = self.at;
        let content = match next {
            None => return Err(self.ends("a value")),
            Some(b'{') => self.within(Self::object)?,
            Some(b'[') => self.within(Self::list)?,
            Some(b'"') => JsonContent::Text(self.text()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            Some(_) => self.word()?,
        };
        Ok(JsonNode { at, content })
    }

    fn within(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<JsonContent<'t>, JsonSyntaxError>,
    ) -> Result<JsonContent<'t>, JsonSyntaxError> {
        if self.depth == DEEPEST {
            return Err(self.slip("lists and objects stand in each other more than a hundred deep"));
        }
        self.depth += 1;
        self.at += 1;
        let content = read(self)?;
        self.depth -= 1;
        Ok(content)
    }

    fn object(&mut self) -> Result<JsonContent<'t>, JsonSyntaxError> {
        let mut fields = Vec::new();
        if self.next() == Some(b'}') {
            self.at += 1;
            return Ok(JsonContent::Object(fields));
        }
        loop {
            match self.next() {
                Some(b'"') => {}
                Some(b'}') => return Err(self.slip("a comma stands before `}`; take it out")),
                Some(_) => return Err(self.slip("expected the name of a field, in quotation marks")),
                None => return Err(self.ends("an object")),
            }
            let at = self.at;
            let name = self.text()?;
            match self.next() {
                Some(b':') => self.at += 1,
                Some(_) => return Err(self.slip("expected `:`")),
                None => return Err(self.ends("an object")),
            }
            fields.push(JsonField { at, name, value: self.value()? });
            match self.next() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(JsonContent::Object(fields));
                }
                Some(_) => return Err(self.slip("expected `,` or `}`")),
                None => return Err(self.ends("an object")),
            }
        }
    }

    fn list(&mut self) -> Result<JsonContent<'t>, JsonSyntaxError> {
        let mut nodes = Vec::new();
        if self.next() == Some(b']') {
            self.at += 1;
            return Ok(JsonContent::List(nodes));
        }
        loop {
            if self.next() == Some(b']') {
                return Err(self.slip("a comma stands before `]`; take it out"));
            }
            nodes.push(self.value()?);
            match self.next() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(JsonContent::List(nodes));
                }
                Some(_) => return Err(self.slip("expected `,` or `]`")),
                None => return Err(self.ends("a list")),
            }
        }
    }

    fn text(&mut self) -> Result<Cow<'t, str>, JsonSyntaxError> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let rest = self.rest();
            let plain = rest.get(..plain_length(rest.as_bytes())).unwrap_or_default();
            self.at += plain.len();
            // Nearly all texts are plain up to their ends.
            text = if text.is_empty() { plain.into() } else { text + plain };
            match rest.as_bytes().get(plain.len()) {
                None => return Err(self.ends("a text")),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some(b'\\') => text.to_mut().push(self.escape()?),
                Some(b'\n' | b'\r') => {
                    return Err(self.slip(
                        "the line ends within a text; close its quotation mark, or write the break as `\\n`",
                    ));
                }
                Some(control) => {
                    return Err(self.slip(&format!(
                        "a control character stands in a text; write it as `\\u{control:04x}`"
                    )));
                }
            }
        }
    }

    /// What an escape stands for.
    fn escape(&mut self) -> Result<char, JsonSyntaxError> {
        let rest = self.rest();
        let Some(escaped) = rest.chars().nth(1) else { return Err(self.ends("a text")) };
        let c = match escaped {
            '"' | '\\' | '/' => escaped,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => return self.hexadecimal(),
            _ => {
                let problem = format!("`\\{escaped}` is no escape; a backslash is written `\\\\`");
                return Err(self.slip(&problem));
            }
        };
        self.at += 2;
        Ok(c)
    }

    /// A character by its number in UTF-16, which may take two escapes.
    fn hexadecimal(&mut self) -> Result<char, JsonSyntaxError> {
        let unit = |at: usize| {
            let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
            let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            u16::from_str_radix(digits, 16).ok().filter(|_| hex)
        };
        let Some(first) = unit(self.at) else {
            return Err(self.slip("expected four hexadecimal digits behind `\\u`"));
        };
        let units = [Some(first), unit(self.at + 6)].into_iter().flatten();
        let Some(Ok(c)) = char::decode_utf16(units).next() else {
            let problem = format!("`\\u{first:04x}` is half a character; write both halves, or itself");
            return Err(self.slip(&problem));
        };
        self.at += 6 * c.len_utf16();
        Ok(c)
    }

    fn number(&mut self) -> Result<JsonContent<'t>, JsonSyntaxError> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')));
        let figure = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
        if !is_number(figure) {
            let problem = format!(
                "{} is no number in JSON; write one as in `14` or `1.5`, or a text in quotation marks",
                Shown(figure)
            );
            return Err(self.slip(&problem));
        }
        self.at += figure.len();
        Ok(JsonContent::Number(figure))
    }

    fn word(&mut self) -> Result<JsonContent<'t>, JsonSyntaxError> {
        let rest = self.rest();
        for (word, content) in [
            ("true", JsonContent::Bool(true)),
            ("false", JsonContent::Bool(false)),
            ("null", JsonContent::Null),
        ] {
            if let Some(behind) = rest.strip_prefix(word)
                && !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_')
            {
                self.at += word.len();
                return Ok(content);
            }
        }
        Err(self.slip("expected a value; a text stands in double quotation marks"))
    }
}

/// Whether a text is a number as JSON writes them.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) =
        text.split_once(['e', 'E']).map_or((text, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let mantissa = mantissa.strip_prefix('-').unwrap_or(mantissa);
    let (whole, decimals) =
        mantissa.split_once('.').map_or((mantissa, None), |(whole, decimals)| (whole, Some(decimals)));
    let exponent = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && decimals.is_none_or(digits)
        && exponent.is_none_or(digits)
}

/// The line and the character of a byte, both counted from one.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let begin = before.rfind('\n').map_or(0, |end| end + 1);
    (line, before.get(begin..).unwrap_or_default().chars().count() + 1)
}

/// How much of a text is written as it is, up to its quotation mark or the first byte that is more than that.
#[inline]
pub(super) fn plain_length(text: &[u8]) -> usize {
    const LOW: u64 = u64::MAX / 255;
    const HIGH: u64 = LOW << 7;

    let (words, rest) = text.as_chunks();
    for (word, nth) in words.iter().zip(0..) {
        let word = u64::from_le_bytes(*word);
        // Subtracting sets the high bit of a byte that is too small, and maybe of those above it.
        let below = |word: u64, least: u64| word.wrapping_sub(LOW * least) & !word & HIGH;
        let same = |byte: u8| below(word ^ (LOW * u64::from(byte)), 1);
        let found = below(word, 0x20) | same(b'"') | same(b'\\');
        if found != 0 {
            return nth * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let is_plain = |byte: &&u8| **byte >= 0x20 && **byte != b'"' && **byte != b'\\';
    words.len() * 8 + rest.iter().take_while(is_plain).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// The same as serde has it; of two fields of one name the last.
    fn as_value(node: &JsonNode<'_>) -> Option<Value> {
        Some(match &node.content {
            JsonContent::Null => Value::Null,
            JsonContent::Bool(yes) => Value::Bool(*yes),
            JsonContent::Number(figure) => serde_json::from_str(figure).ok()?,
            JsonContent::Text(text) => Value::String(text.to_string()),
            JsonContent::List(nodes) => Value::Array(nodes.iter().map(as_value).collect::<Option<_>>()?),
            JsonContent::Object(fields) => Value::Object(
                fields
                    .iter()
                    .map(|field| Some((field.name.to_string(), as_value(&field.value)?)))
                    .collect::<Option<_>>()?,
            ),
        })
    }

    fn json() -> impl Strategy<Value = String> {
        let leaves = vec![
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1.50",
            "1e5",
            "2E-3",
            "\"\"",
            "\"a\\\"b\"",
            "\"\\u00e9\\n\"",
            "\"\\ud83d\\ude00\"",
            "\"é\"",
            "18446744073709551615",
            "\"\\/\\b\\f\"",
        ];
        let leaf = prop::sample::select(leaves).prop_map(str::to_owned);
        let tree = leaf.prop_recursive(3, 12, 4, |inner| {
            let field = ("[ab]", inner.clone()).prop_map(|(name, value)| format!("\"{name}\" : {value}"));
            prop_oneof![
                prop::collection::vec(inner, 0..4).prop_map(|nodes| format!("[{}]", nodes.join(" ,\n"))),
                prop::collection::vec(field, 0..4).prop_map(|fields| format!("{{{}}}", fields.join(", "))),
            ]
        });
        let odd = vec![
            "", ",", "\"", "{", "}", "[", "]", ":", "0", "-", ".", "e", "tru", "nul", "\\", "\\u12",
            "\\ud800", "\u{1}", "\n", "'", "+", "é", "//",
        ];
        let slips = prop::collection::vec(
            (any::<prop::sample::Index>(), prop::sample::select(odd), 0..3_usize),
            0..3,
        );
        (tree, slips).prop_map(|(mut text, slips)| {
            for (at, slip, gone) in slips {
                let from = at.index(text.len() + 1);
                let to = (from + gone).min(text.len());
                if text.is_char_boundary(from) && text.is_char_boundary(to) {
                    text.replace_range(from..to, slip);
                }
            }
            text
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2048))]

        #[test]
        fn texts_are_plain_up_to_what_is_not(text in "[a-z\u{e9}\u{7f}\u{80}]{0,20}[\u{0}-\u{7f}]{0,12}") {
            let is_more = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
            let length = text.bytes().position(is_more).unwrap_or(text.len());
            prop_assert_eq!(plain_length(text.as_bytes()), length);
        }

        /// What serde takes for JSON is JSON, and says the same; what it doesn't is a slip, at a place in the
        /// text.
        #[test]
        fn json_is_read_as_serde_reads_it(text in json()) {
            match (JsonNode::parse(&text), serde_json::from_str::<Value>(&text)) {
                (Ok(node), Ok(value)) => prop_assert_eq!(as_value(&node), Some(value)),
                (Err(slip), Err(_)) => {
                    prop_assert!(slip.at <= text.len() && text.is_char_boundary(slip.at));
                    prop_assert!(!slip.problem.is_empty());
                }
                // A number beyond what a binary one holds is one all the same.
                (Ok(node), Err(_)) if as_value(&node).is_none() => {}
                (read, other) => prop_assert!(false, "{:?} {:?}", read, other),
            }
        }

        #[test]
        fn places_are_counted_in_lines_and_characters(lines in prop::collection::vec("[aé]{0,5}", 1..5), at in any::<prop::sample::Index>()) {
            let text = lines.join("\n");
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let at = places[at.index(places.len())];
            let (line, character) = position(&text, at);
            let before: usize = lines[..line - 1].iter().map(|line| line.len() + 1).sum();
            let within: usize = lines[line - 1].chars().take(character - 1).map(char::len_utf8).sum();
            prop_assert_eq!(before + within, at);
        }
    }
}
