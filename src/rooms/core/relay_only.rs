//! Takes out of what clients tell each other everything by which they could reach each other but through TURN servers: the
//! addresses of their own machines and of their routers.
//!
//! A client that is asked to (`iceTransportPolicy: "relay"`) does not gather them in the first place. This is for the others,
//! and does not rely on either end: without an address to send to, and with a TURN server that lets only relays in, relays
//! are all that is left.
//!
//! Source: RFC 8839, sections 4.2 and 5.1; RFC 8866, sections 5.2, 5.7 and 5.14; RFC 3605.

use crate::rooms::wire::{Candidate, Peer};
use serde_json::{Value, value::to_raw_value};

/// In place of an address. With port 9 it says that it is hidden (RFC 8839, section 5.1).
const NOWHERE_4: &str = "0.0.0.0";
const NOWHERE_6: &str = "::";
const NO_PORT: &str = "9";

/// Leaves only relays in what a client says of its peer connections.
pub(super) fn leave_relays(peers: &mut [Peer]) {
    for peer in peers {
        if let Some(ice) = &mut peer.ice {
            ice.candidates = ice.candidates.iter().filter_map(made_relay).collect();
        }
        if let Some(sdp) = peer.description.as_mut().and_then(|description| description.sdp.as_mut()) {
            *sdp = sdp.split_inclusive('\n').filter_map(line).collect();
        }
    }
}

/// None for a candidate that has to go.
fn made_relay(candidate: &Candidate) -> Option<Candidate> {
    let mut all: Value = serde_json::from_str(candidate.text()).ok()?;
    let text = all.get_mut("candidate")?;
    let of_any_kind = text.as_str()?;
    // Empty is the browser's way to say that there are no more.
    if !of_any_kind.is_empty() {
        *text = relay(of_any_kind)?.into();
    }
    to_raw_value(&all).ok().map(Candidate::from)
}

/// `candidate:<foundation> <component> <transport> <priority> <address> <port> typ <type> [raddr <address>] [rport <port>] …`,
/// if it is a relay, and without the address behind it.
fn relay(candidate: &str) -> Option<String> {
    let mut words: Vec<&str> = candidate.split_ascii_whitespace().collect();
    let is_relay = words.get(6) == Some(&"typ") && words.get(7) == Some(&"relay");
    if !is_relay {
        return None;
    }
    for at in (8..words.len().saturating_sub(1)).step_by(2) {
        match words[at] {
            "raddr" => words[at + 1] = nowhere(words[at + 1].contains(':')),
            "rport" => words[at + 1] = NO_PORT,
            _ => {}
        }
    }
    Some(words.join(" "))
}

/// A line of an SDP with its end. None for one that has to go.
fn line(line: &str) -> Option<String> {
    let text = line.trim_end_matches(['\r', '\n']);
    let end = &line[text.len()..];
    let words: Vec<&str> = text.split(' ').collect();
    let changed = match *words.first()? {
        first if first.starts_with("a=candidate:") => format!("a={}", relay(text.strip_prefix("a=")?)?),
        first if first.starts_with("a=remote-candidates:") => return None,
        first if first.starts_with("a=rtcp:") => format!("a=rtcp:{NO_PORT} IN IP4 {NOWHERE_4}"),
        "c=IN" if words.get(1) == Some(&"IP6") => format!("c=IN IP6 {NOWHERE_6}"),
        first if first.starts_with("c=") => format!("c=IN IP4 {NOWHERE_4}"),
        first if first.starts_with("o=") => {
            let is_6 = words.get(4) == Some(&"IP6");
            words.iter().take(5).copied().chain([nowhere(is_6)]).collect::<Vec<_>>().join(" ")
        }
        // Port 0 is more than an address: the medium is refused.
        first if first.starts_with("m=") && words.get(1) != Some(&"0") => {
            let rest = words.iter().skip(2).copied();
            [first, NO_PORT].into_iter().chain(rest).collect::<Vec<_>>().join(" ")
        }
        _ => return Some(line.to_owned()),
    };
    Some(changed + end)
}

fn nowhere(is_6: bool) -> &'static str {
    if is_6 { NOWHERE_6 } else { NOWHERE_4 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const HOME: &str = "203.0.113.7";

    fn peer(candidates: &Value, sdp: &str) -> Vec<Peer> {
        let peers = json!([{"id": "a", "ice": {"candidates": candidates, "revision": 1},
                            "description": {"type": "offer", "revision": 1, "sdp": sdp}}]);
        let mut peers: Vec<Peer> = serde_json::from_value(peers).expect("a peer");
        leave_relays(&mut peers);
        peers
    }

    fn left(candidate: &str) -> Vec<Value> {
        left_of(&json!([{"candidate": candidate, "sdpMid": "0", "sdpMLineIndex": 0}]))
    }

    fn left_of(candidates: &Value) -> Vec<Value> {
        let left = peer(candidates, "").remove(0).ice.expect("candidates").candidates;
        left.iter().map(|candidate| serde_json::from_str(candidate.text()).expect("JSON")).collect()
    }

    /// As Chromium and Firefox write them.
    #[test]
    fn only_relays_are_left_and_they_do_not_tell_what_is_behind_them() {
        for kind in ["host", "srflx raddr 192.168.1.2 rport 4", "prflx raddr 192.168.1.2 rport 4"] {
            assert_eq!(
                left(&format!("candidate:1 1 udp 2122260223 {HOME} 5 typ {kind} generation 0")),
                [Value::Null; 0]
            );
        }
        assert_eq!(left("candidate:1 1 tcp 1 fe80::1 9 typ host tcptype active").len(), 0);
        assert_eq!(left("candidate:1 1 udp 1 0a-1b.local 9 typ host").len(), 0);
        let kept = left(&format!(
            "candidate:1 1 udp 41885439 198.51.100.1 5 typ relay raddr {HOME} rport 4 generation 0"
        ));
        assert_eq!(
            kept,
            [
                json!({"candidate": "candidate:1 1 udp 41885439 198.51.100.1 5 typ relay raddr 0.0.0.0 rport 9 generation 0",
                    "sdpMid": "0", "sdpMLineIndex": 0})
            ]
        );
        let six = left("candidate:1 1 udp 1 2001:db8::1 5 typ relay raddr 2001:db8::2 rport 4");
        assert_eq!(six[0]["candidate"], "candidate:1 1 udp 1 2001:db8::1 5 typ relay raddr :: rport 9");
    }

    #[test]
    fn what_is_no_candidate_goes_too_and_the_last_word_stays() {
        let odd = json!([null, 7, HOME, [HOME], {}, {"candidate": null}, {"candidate": [HOME]}, {"candidate": HOME},
                         {"candidate": format!("candidate:1 1 udp 1 {HOME} 5 relay typ host")}]);
        assert_eq!(left_of(&odd), [Value::Null; 0]);
        assert_eq!(left(""), [json!({"candidate": "", "sdpMid": "0", "sdpMLineIndex": 0})]);
    }

    #[test]
    fn a_description_keeps_all_but_the_addresses() {
        let before = "v=0\r\no=- 46 2 IN IP4 203.0.113.7\r\ns=-\r\nc=IN IP4 203.0.113.7\r\nm=audio 5004 UDP/TLS/RTP/SAVPF 111 9\r\n\
                      c=IN IP6 2001:db8::7\r\na=rtcp:5005 IN IP4 203.0.113.7\r\na=candidate:1 1 udp 1 203.0.113.7 5004 typ host\r\n\
                      a=candidate:2 1 udp 1 198.51.100.1 5 typ relay raddr 203.0.113.7 rport 4\r\n\
                      a=remote-candidates:1 203.0.113.7 5004\r\na=ice-ufrag:x\r\nm=video 0 UDP/TLS/RTP/SAVPF 96\r\n";
        let after = "v=0\r\no=- 46 2 IN IP4 0.0.0.0\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111 9\r\n\
                     c=IN IP6 ::\r\na=rtcp:9 IN IP4 0.0.0.0\r\n\
                     a=candidate:2 1 udp 1 198.51.100.1 5 typ relay raddr 0.0.0.0 rport 9\r\n\
                     a=ice-ufrag:x\r\nm=video 0 UDP/TLS/RTP/SAVPF 96\r\n";
        let sdp = peer(&json!([]), before).remove(0).description.and_then(|description| description.sdp);
        assert_eq!(sdp.as_deref(), Some(after));
    }
}
