//! Lists, a page at a time.
//!
//! A page begins after (or ends before) a given entry and not at a given number, so that what comes and goes between
//! two requests makes nothing appear twice or not at all.
//!
//! Source: <https://www.twilio.com/docs/usage/twilios-response#pagination>.

use super::parameters::Parameters;
use axum::Json;
use reqwest::Url;
use serde::Serialize;
use serde_json::{Value, json};

/// How many entries a page has, if nothing else is asked for.
const DEFAULT_SIZE: usize = 50;
/// The most entries that a page has.
const MAX_SIZE: usize = 1000;

/// What tells of the pages beside this one.
#[derive(Debug, Serialize)]
struct Meta<'a> {
    page: u64,
    page_size: usize,
    first_page_url: String,
    previous_page_url: Option<String>,
    url: String,
    next_page_url: Option<String>,
    key: &'a str,
}

/// Cuts the page that is asked for out of a list, and shows its entries.
///
/// `place` gives each entry a text by which the list is sorted; different for each entry.
pub(super) fn page<T>(
    key: &str,
    address: &str,
    asked: &Parameters,
    mut list: Vec<T>,
    place: impl Fn(&T) -> String,
    show: impl Fn(&T) -> Value,
) -> Json<Value> {
    list.sort_by_cached_key(&place);
    let size = asked.get("PageSize").and_then(|size| size.parse().ok()).unwrap_or(DEFAULT_SIZE);
    let size = size.clamp(1, MAX_SIZE);
    let number: u64 = asked.get("Page").and_then(|number| number.parse().ok()).unwrap_or(0);
    let (begin, end) = match asked.get("PageToken").and_then(|token| token.split_at_checked(2)) {
        Some(("PA", after)) => {
            let begin = list.partition_point(|entry| place(entry).as_str() <= after);
            (begin, list.len().min(begin + size))
        }
        Some(("PB", before)) => {
            let end = list.partition_point(|entry| place(entry).as_str() < before);
            (end.saturating_sub(size), end)
        }
        _ => (0, list.len().min(size)),
    };
    let shown = list.get(begin..end).unwrap_or_default();
    let link = |page: u64, token: Option<String>| link(address, asked, size, page, token);
    let next = shown.last().filter(|_| end < list.len()).map(|last| format!("PA{}", place(last)));
    let previous = shown.first().filter(|_| begin > 0).map(|first| format!("PB{}", place(first)));
    let meta = Meta {
        page: number,
        page_size: size,
        first_page_url: link(0, None),
        previous_page_url: previous.map(|token| link(number.saturating_sub(1), Some(token))),
        url: link(number, asked.get("PageToken").map(str::to_owned)),
        next_page_url: next.map(|token| link(number.saturating_add(1), Some(token))),
        key,
    };
    let entries: Vec<Value> = shown.iter().map(show).collect();
    Json(json!({ key: entries, "meta": meta }))
}

/// The address of a page, with the filters of this one.
fn link(address: &str, asked: &Parameters, size: usize, page: u64, token: Option<String>) -> String {
    let Ok(mut url) = Url::parse(address) else { return String::new() };
    let filters =
        asked.0.iter().filter(|(name, _)| !matches!(name.as_str(), "PageSize" | "Page" | "PageToken"));
    url.query_pairs_mut()
        .extend_pairs(filters)
        .append_pair("PageSize", &size.to_string())
        .append_pair("Page", &page.to_string())
        .extend_pairs(token.map(|token| ("PageToken", token)));
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(url: &str) -> Parameters {
        let url = Url::parse(url).expect("an address");
        Parameters(url.query_pairs().map(|(name, value)| (name.into(), value.into())).collect())
    }

    fn numbers(url: &str, list: &[u32]) -> (Vec<u64>, Value) {
        let Json(mut body) =
            page("n", "http://r/v1/N", &asked(url), list.to_vec(), |n| format!("{n:03}"), |n| json!(n));
        let shown = body["n"].as_array().expect("a list").iter().filter_map(Value::as_u64).collect();
        (shown, body["meta"].take())
    }

    #[test]
    fn pages_follow_each_other_though_the_list_changes() {
        let (shown, meta) = numbers("http://r/?PageSize=2&Status=x", &[5, 3, 1, 4, 2]);
        assert_eq!(shown, [1, 2]);
        assert_eq!(meta["previous_page_url"], Value::Null);
        assert_eq!(meta["url"], "http://r/v1/N?Status=x&PageSize=2&Page=0");
        let next = meta["next_page_url"].as_str().expect("a next page");
        // 2 has gone, and 0 has come: neither is missing or seen twice.
        let (shown, meta) = numbers(next, &[0, 1, 3, 4, 5]);
        assert_eq!((shown.as_slice(), &meta["page"]), ([3, 4].as_slice(), &json!(1)));
        let (shown, _) =
            numbers(meta["previous_page_url"].as_str().expect("a page before"), &[0, 1, 3, 4, 5]);
        assert_eq!(shown, [0, 1]);
        let (shown, meta) = numbers(meta["next_page_url"].as_str().expect("a last page"), &[0, 1, 3, 4, 5]);
        assert_eq!((shown.as_slice(), &meta["next_page_url"]), ([5].as_slice(), &Value::Null));
    }

    #[test]
    fn nonsense_is_the_first_page() {
        for url in
            ["http://r/", "http://r/?PageSize=no&Page=-1&PageToken=%C3%A9%C3%A9", "http://r/?PageToken=x"]
        {
            assert_eq!(numbers(url, &[1, 2]).0, [1, 2], "{url}");
        }
        assert_eq!(numbers("http://r/?PageSize=0", &[1, 2]).0, [1]);
        assert_eq!(numbers("http://r/?PageToken=PAzzz", &[1, 2]).0, [0; 0]);
    }
}
