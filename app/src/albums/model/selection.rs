//! Which photos are chosen.

use std::collections::HashSet;
use uuid::Uuid;

/// The chosen photos, and the one from which a range goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    chosen: HashSet<Uuid>,
    anchor: Option<Uuid>,
}

impl Selection {
    /// How many are chosen.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// Whether this one is.
    #[must_use]
    pub fn has(&self, id: &Uuid) -> bool {
        self.chosen.contains(id)
    }

    /// The chosen ones in the order of the album.
    #[must_use]
    pub fn in_order(&self, order: &[Uuid]) -> Vec<Uuid> {
        order.iter().filter(|id| self.has(id)).copied().collect()
    }

    /// Chooses one, or takes it out.
    pub fn toggle(&mut self, id: Uuid) {
        if !self.chosen.remove(&id) {
            self.chosen.insert(id);
        }
        self.anchor = Some(id);
    }

    /// Chooses or takes out everything from the last one that was toggled to this one, as that one was.
    pub fn extend_to(&mut self, id: Uuid, order: &[Uuid]) {
        let place = |wanted: Uuid| order.iter().position(|id| *id == wanted);
        let anchor = self.anchor.and_then(|anchor| Some((anchor, place(anchor)?)));
        let (Some((anchor, from)), Some(to)) = (anchor, place(id)) else { return self.toggle(id) };
        let on = self.has(&anchor);
        for id in &order[from.min(to)..=from.max(to)] {
            if on {
                self.chosen.insert(*id);
            } else {
                self.chosen.remove(id);
            }
        }
    }

    /// Chooses all.
    pub fn all(&mut self, order: &[Uuid]) {
        self.chosen = order.iter().copied().collect();
    }

    /// Chooses none.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets those that are no longer there.
    pub fn keep_only(&mut self, order: &[Uuid]) {
        let there: HashSet<_> = order.iter().collect();
        self.chosen.retain(|id| there.contains(id));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(numbers: impl IntoIterator<Item = u128>) -> Vec<Uuid> {
        numbers.into_iter().map(Uuid::from_u128).collect()
    }

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    #[test]
    fn one_by_one() {
        let mut selection = Selection::default();
        selection.toggle(id(3));
        selection.toggle(id(1));
        assert_eq!(selection.in_order(&ids(0..5)), ids([1, 3]));
        selection.toggle(id(3));
        assert_eq!((selection.len(), selection.has(&id(1))), (1, true));
        selection.clear();
        assert!(selection.is_empty());
    }

    #[test]
    fn a_range_goes_on_from_the_last_one_in_either_direction() {
        let order = ids(0..10);
        let mut selection = Selection::default();
        selection.toggle(id(6));
        selection.extend_to(id(3), &order);
        assert_eq!(selection.in_order(&order), ids(3..=6));
        selection.extend_to(id(8), &order);
        assert_eq!(selection.in_order(&order), ids(3..=8));
        selection.toggle(id(4));
        selection.extend_to(id(7), &order);
        assert_eq!(selection.in_order(&order), ids([3, 8]), "what was taken out is taken out as far");
    }

    #[test]
    fn a_range_without_a_beginning_is_one_photo() {
        let order = ids(0..4);
        let mut selection = Selection::default();
        selection.extend_to(id(2), &order);
        assert_eq!(selection.in_order(&order), ids([2]));
        selection.toggle(id(9));
        selection.extend_to(id(1), &order);
        assert!(selection.has(&id(1)) && !selection.has(&id(0)), "the last one is not in this album");
    }

    #[test]
    fn what_is_gone_is_not_chosen() {
        let mut selection = Selection::default();
        selection.all(&ids(0..4));
        selection.keep_only(&ids([1, 2]));
        assert_eq!(selection.len(), 2);
    }
}
