//! How good the ranges were that patients saw.

use owl_hospital::domain::wait::Range;

/// What one provider's patients saw while they waited, and how it came.
#[derive(Default, Clone)]
pub struct Score {
    /// From being ready to being let in, in minutes.
    pub waits: Vec<f64>,
    /// What was left at each look.
    pub left: Vec<f64>,
    /// Minutes from one end of a range to the other.
    pub widths: Vec<f64>,
    pub looks: usize,
    pub within: usize,
    pub too_short: usize,
    /// Of the ranges that were shown at the first look: how many, and how many the wait was within.
    pub first_shown: usize,
    pub first_within: usize,
}

impl Score {
    pub fn count(&mut self, shown: Option<Range>, true_wait: f64, is_first: bool) {
        self.looks += 1;
        self.left.push(true_wait);
        let Some(Range { from, to }) = shown else { return };
        self.widths.push(f64::from(to - from));
        let is_within = (f64::from(from)..=f64::from(to)).contains(&true_wait);
        self.within += usize::from(is_within);
        self.too_short += usize::from(true_wait > f64::from(to));
        if is_first {
            self.first_within += usize::from(is_within);
            self.first_shown += 1;
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.waits.extend(&other.waits);
        self.left.extend(&other.left);
        self.widths.extend(&other.widths);
        self.looks += other.looks;
        self.within += other.within;
        self.too_short += other.too_short;
        self.first_shown += other.first_shown;
        self.first_within += other.first_within;
    }

    /// Of the ranges shown, how many the true wait was within.
    pub fn coverage(&self) -> f64 {
        share(self.within, self.widths.len())
    }

    /// At how many looks there was a range at all.
    pub fn shown(&self) -> f64 {
        share(self.widths.len(), self.looks)
    }

    pub fn median_width(&self) -> f64 {
        quantile(&self.widths, 50)
    }

    /// What somebody would say who knows this provider's waits and nothing of today: from their 10 % to their 90 % quantile.
    pub fn usual_width(&self) -> f64 {
        quantile(&self.waits, 90) - quantile(&self.waits, 10)
    }

    /// The same of what was left at each look.
    pub fn usual_width_left(&self) -> f64 {
        quantile(&self.left, 90) - quantile(&self.left, 10)
    }

    pub fn in_words(&self) -> String {
        format!(
            "{} waits, half of them over {:.0} min. {} looks, a range at {:.1} %: the wait was within {:.1} %, longer {:.1} %. Ranges are \
             {:.0} min wide, 10-90 % of the waits {:.0}, of what was left {:.0}.",
            self.waits.len(),
            quantile(&self.waits, 50),
            self.looks,
            100.0 * self.shown(),
            100.0 * self.coverage(),
            100.0 * share(self.too_short, self.widths.len()),
            self.median_width(),
            self.usual_width(),
            self.usual_width_left(),
        )
    }
}

pub fn share(some: usize, all: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    if all == 0 { 0.0 } else { number(some) / number(all) }
}

pub fn quantile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = sorted.len() * percent / 100;
    sorted.get(at.min(sorted.len().saturating_sub(1))).copied().unwrap_or(0.0)
}
