//! Built-in rules with their arguments, and resolvers with rules and settings.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::answers::{approximations, dates};
use crate::resolve::{BuiltIn, Resolver};

/// Built-in rules, those with an argument with arguments of several sorts.
///
/// ```
/// use corroborate::{BuiltIn, Rule, laws};
/// use proptest::prelude::*;
///
/// proptest!(|(rule in laws::rules())| {
///     prop_assert_eq!(BuiltIn::find_name(rule.name())?, rule.name());
/// });
/// ```
pub fn rules() -> impl Strategy<Value = BuiltIn> {
    const ARGUMENTS: &[&str] = &["1", "5%", "2d", "s0", "50%", "30d", "s1"];
    let names: Vec<&'static str> = BuiltIn::names().collect();
    // A rule refuses what isn't its argument, and one without takes none.
    let argument = prop_oneof![2 => Just(None), 3 => select(ARGUMENTS).prop_map(Some)];
    (select(names), argument).prop_filter_map("the rule takes the argument", |(name, argument)| {
        argument.map_or_else(|| name.to_owned(), |argument| format!("{name}={argument}")).parse().ok()
    })
}

/// Resolvers: the standard one, with and without some of its rules, more rules beside them, a date as of
/// which they ask, another approximation, and documents read as their publishers' word.
///
/// Shrinks to the standard resolver.
///
/// ```
/// use corroborate::laws;
/// use proptest::prelude::*;
///
/// proptest!(|(resolver in laws::resolvers(), dossier in laws::dossiers())| {
///     let report = resolver.resolve(&dossier);
///     prop_assert_eq!(report.findings().len(), dossier.claims().len());
/// });
/// ```
pub fn resolvers() -> impl Strategy<Value = Resolver> {
    let without: Vec<&'static str> = BuiltIn::names().collect();
    let settings =
        (option::weighted(0.3, dates()), option::weighted(0.2, approximations()), prop::bool::weighted(0.3));
    (vec(rules(), 0..=3), option::weighted(0.3, select(without)), settings).prop_map(
        |(rules, without, (as_of, approximation, narration_is_publishers))| {
            let mut resolver = rules.into_iter().fold(Resolver::standard(), Resolver::with_rule);
            // Most of them it hasn't got.
            resolver = without.and_then(|name| resolver.clone().without_rule(name).ok()).unwrap_or(resolver);
            resolver = as_of.into_iter().fold(resolver, Resolver::as_of);
            resolver = approximation.into_iter().fold(resolver, Resolver::approximation);
            if narration_is_publishers { resolver.narration_is_publishers() } else { resolver }
        },
    )
}
