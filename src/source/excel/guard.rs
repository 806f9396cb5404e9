//! A reader of foreign bytes that may panic, kept from taking the run with it.
//!
//! calamine 0.38 indexes by numbers from the file in places: a damaged xlsb or xls ends in "index out
//! of bounds" instead of an error. The readers hold nothing but the bytes and are dropped after it.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use super::Refusal;

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Runs a reader; its panic becomes a refusal, and nothing is printed.
pub(super) fn calmly<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !READING.get() {
                usual(info);
            }
        }));
    });
    READING.set(true);
    let result = catch_unwind(AssertUnwindSafe(read));
    READING.set(false);
    result.unwrap_or_else(|_| Err(Refusal::Broken(word!("its contents contradict each other").into())))
}
