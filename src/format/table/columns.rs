//! The columns that tables may have.

use crate::dossier::batch::Thing;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableColumn {
    /// A column without a name, or one that was refused.
    None,
    Id,
    Claim,
    Value,
    Low,
    High,
    By,
    Via,
    Document,
    Stance,
    Locator,
    Unit,
    Asserted,
    ValidAt,
    Supersedes,
    DerivedFrom,
    Quote,
    Note,
    /// A field of a record that the row names.
    Fact(Thing, u32),
}

pub(super) const OF_ASSERTIONS: &[(&str, TableColumn)] = &[
    ("claim", TableColumn::Claim),
    ("value", TableColumn::Value),
    ("by", TableColumn::By),
    ("via", TableColumn::Via),
    ("document", TableColumn::Document),
    ("locator", TableColumn::Locator),
    ("stance", TableColumn::Stance),
    ("low", TableColumn::Low),
    ("high", TableColumn::High),
    ("unit", TableColumn::Unit),
    ("asserted", TableColumn::Asserted),
    ("valid_at", TableColumn::ValidAt),
    ("id", TableColumn::Id),
    ("supersedes", TableColumn::Supersedes),
    ("derived_from", TableColumn::DerivedFrom),
    ("quote", TableColumn::Quote),
    ("note", TableColumn::Note),
];

/// The fields of records that a table may state; `scope.` takes any dimension behind it.
pub(super) const STATED_WITH_ASSERTIONS: &[(&str, Thing)] = &[
    ("kind", Thing::Claim),
    ("question", Thing::Claim),
    ("topic", Thing::Claim),
    ("nature", Thing::Claim),
    ("evolves", Thing::Claim),
    ("part_of", Thing::Source),
    ("anonymous", Thing::Source),
    ("title", Thing::Document),
    ("publisher", Thing::Document),
    ("published", Thing::Document),
    ("url", Thing::Document),
];
pub(super) const OF_SOURCES: &[(&str, Thing)] = &[
    ("name", Thing::Source),
    ("aliases", Thing::Source),
    ("kind", Thing::Source),
    ("part_of", Thing::Source),
    ("anonymous", Thing::Source),
];
pub(super) const OF_TERMS: &[(&str, Thing)] =
    &[("label", Thing::Term), ("aliases", Thing::Term), ("broader", Thing::Term)];
pub(super) const OF_CLAIMS: &[(&str, Thing)] = &[
    ("question", Thing::Claim),
    ("kind", Thing::Claim),
    ("unit", Thing::Claim),
    ("topic", Thing::Claim),
    ("nature", Thing::Claim),
    ("evolves", Thing::Claim),
];

/// What spreadsheets call columns that have another name here.
pub(super) const ALIASES: &[(&str, &str)] = &[
    ("source", "by"),
    ("sources", "by"),
    ("who", "by"),
    ("said_by", "by"),
    ("attributed_to", "by"),
    ("speaker", "by"),
    ("figure", "value"),
    ("number", "value"),
    ("answer", "value"),
    ("amount", "value"),
    ("count", "value"),
    ("question", "claim"),
    ("claim_id", "claim"),
    ("topic", "claim"),
    ("min", "low"),
    ("minimum", "low"),
    ("max", "high"),
    ("maximum", "high"),
    ("date", "asserted"),
    ("said_on", "asserted"),
    ("article", "document"),
    ("link", "url"),
    ("comment", "note"),
    ("comments", "note"),
    ("notes", "note"),
    ("page", "locator"),
    ("paragraph", "locator"),
    ("parent", "part_of"),
    ("type", "kind"),
];
