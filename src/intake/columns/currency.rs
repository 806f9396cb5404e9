//! Ledgers write an amount in several currencies, and the name of some of them.

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::source::Sheet;

use super::Matched;
use crate::intake::TableSpec;
use crate::intake::header::squash;

/// Words in the headers of amounts in a currency of the ledger's own.
const OWN: &[&str] =
    &["repcur", "reportcurrency", "coarea", "objcrcy", "localcurrency", "kwahr", "bwahr", "owahr"];

/// Leaves out the currency of the transaction where the amount is the ledger's own: one row has both, and the words
/// of one do not belong to the figures of the other.
pub(super) fn without_foreign(
    spec: &TableSpec,
    sheet: &Sheet,
    matched: &mut Vec<Matched>,
    problems: &mut Diagnostics,
) {
    let place = |name: &str| matched.iter().position(|m| spec.columns[m.index].name == name && m.by_alias);
    let (Some(amount), Some(currency)) = (place("amount"), place("currency")) else { return };
    let header = |at: usize| matched[at].sources.first().map_or("", |source| &sheet.headers[*source]);
    let is_own = OWN.iter().any(|word| squash(header(amount)).contains(word));
    if !is_own || !squash(header(currency)).starts_with("transa") {
        return;
    }
    let message = phrase!(
        "'{currency}' is not the currency of '{amount}': left out",
        currency = header(currency),
        amount = header(amount)
    );
    let help = word!(
        "the amounts count in the project's currency; map the other pair under [[source]] to have those"
    );
    let at = sheet.location(sheet.header_row, matched[currency].sources.first().copied());
    problems.push(Diagnostic::new(&code::TWO_COLUMNS, at, message).help(help));
    matched.remove(currency);
}
