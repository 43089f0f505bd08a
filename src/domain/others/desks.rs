//! When a provider was at their desk: while a page of theirs was open at any process.

use crate::domain::visit::{Millis, StaffId};
use std::collections::{HashMap, HashSet};

/// From when on each provider was at their desk, or was not. Earliest first; what was before the first is not known.
pub type Desks = HashMap<StaffId, Vec<(Millis, bool)>>;

/// A coming or going, as one process wrote it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskChange {
    /// The process, by number. None: every process.
    pub node: Option<u128>,
    /// Whose page it was. None: of everybody who had one there.
    pub staff: Option<StaffId>,
    /// When.
    pub at: Millis,
    /// Whether they were there from then on.
    pub is_there: bool,
}

/// When this provider was at their desk, from what all processes have written down.
pub fn desk_of(provider: StaffId, mut changes: Vec<DeskChange>) -> Vec<(Millis, bool)> {
    changes.sort_by_key(|change| change.at);
    let mut nodes = HashSet::new();
    let mut known: Vec<(Millis, bool)> = Vec::new();
    for DeskChange { node, at, is_there, .. } in
        changes.into_iter().filter(|change| change.staff.is_none_or(|staff| staff == provider))
    {
        match node {
            None => nodes.clear(),
            Some(node) if is_there => drop(nodes.insert(node)),
            Some(node) => drop(nodes.remove(&node)),
        }
        let is_there = !nodes.is_empty();
        if known.last().is_none_or(|(_, before)| *before != is_there) {
            known.push((at, is_there));
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    const OKAFOR: StaffId = StaffId(1);

    fn change(at: u64, node: Option<u128>, staff: Option<u128>, is_there: bool) -> DeskChange {
        DeskChange { node, staff: staff.map(StaffId), at: Millis(at), is_there }
    }

    #[test]
    fn who_has_a_page_at_any_process_is_there_and_before_the_first_word_nobody_knows() {
        let changes = vec![
            change(5, Some(1), None, false),
            change(10, Some(1), Some(1), true),
            change(20, Some(2), Some(1), true),
            change(25, Some(1), Some(2), true),
            change(30, Some(1), Some(1), false),
            change(40, Some(2), Some(1), false),
        ];
        let expected = [(Millis(5), false), (Millis(10), true), (Millis(40), false)];
        assert_eq!(desk_of(OKAFOR, changes), expected);
        assert_eq!(desk_of(OKAFOR, Vec::new()), []);
    }

    #[test]
    fn a_process_that_is_gone_took_its_pages_with_it_and_no_others() {
        let both = [change(10, Some(1), Some(1), true), change(20, Some(2), Some(1), true)];
        let with = |more| desk_of(OKAFOR, both.into_iter().chain([more]).collect());
        assert_eq!(with(change(30, Some(1), None, false)), [(Millis(10), true)]);
        assert_eq!(with(change(30, None, None, false)), [(Millis(10), true), (Millis(30), false)]);
    }
}
