//! Where in a stream of bytes one frame of a web socket ends and the next begins: only there may a frame of our own come.
//!
//! Source: RFC 6455, section 5.2.

/// Follows one direction of a web socket from its first byte.
#[derive(Debug, Default)]
pub struct Frames {
    /// The beginning of a frame, as far as it has come: at most 14 bytes.
    head: Vec<u8>,
    /// How many bytes of the frame are still to come after its head.
    left: u64,
    is_closed: bool,
}

impl Frames {
    /// Takes the next bytes. Returns how many of them belong to frames that are complete now.
    pub fn see(&mut self, bytes: &[u8]) -> usize {
        let (mut at, mut complete) = (0, 0);
        while at < bytes.len() {
            if self.left == 0 {
                self.head.push(bytes[at]);
                at += 1;
                let Some(length) = payload(&self.head) else { continue };
                self.is_closed |= self.head[0] & 0x0f == 0x8;
                self.head.clear();
                self.left = length;
            } else {
                let rest = bytes.len() - at;
                let some = usize::try_from(self.left).map_or(rest, |left| left.min(rest));
                self.left -= some as u64;
                at += some;
            }
            if self.left == 0 {
                complete = at;
            }
        }
        complete
    }

    /// Whether the next byte begins a frame.
    pub fn is_between(&self) -> bool {
        self.head.is_empty() && self.left == 0
    }

    /// Whether a close frame was among them. Nothing may follow it.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }
}

/// The length of what follows a head, the mask not counted, which is part of the head here. None while it is incomplete.
fn payload(head: &[u8]) -> Option<u64> {
    let second = *head.get(1)?;
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    let extended = match second & 0x7f {
        126 => 2,
        127 => 8,
        _ => 0,
    };
    if head.len() < 2 + extended + mask {
        return None;
    }
    match extended {
        0 => Some(u64::from(second & 0x7f)),
        _ => Some(head[2..2 + extended].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(opcode: u8, length: usize, is_masked: bool) -> Vec<u8> {
        let mask = if is_masked { 0x80 } else { 0 };
        let mut bytes = vec![0x80 | opcode];
        match u16::try_from(length) {
            Ok(short) if short < 126 => bytes.push(mask | u8::try_from(short).expect("short")),
            Ok(middle) => {
                bytes.push(mask | 0x7e);
                bytes.extend(middle.to_be_bytes());
            }
            Err(_) => {
                bytes.push(mask | 0x7f);
                bytes.extend((length as u64).to_be_bytes());
            }
        }
        if is_masked {
            bytes.extend([0x88, 0, 0, 0]);
        }
        // Looks like close frames, to those who do not count.
        bytes.extend(std::iter::repeat_n(0x88, length));
        bytes
    }

    #[test]
    fn frames_of_every_length_are_told_apart_however_they_are_cut() {
        let lengths = [0, 1, 125, 126, 127, 65_535, 65_536, 70_000, 0];
        let frames: Vec<Vec<u8>> =
            lengths.iter().enumerate().map(|(i, length)| frame(1, *length, i % 2 == 0)).collect();
        let ends: Vec<usize> = frames
            .iter()
            .scan(0, |sum, frame| {
                *sum += frame.len();
                Some(*sum)
            })
            .collect();
        let stream = frames.concat();
        for size in [1, 2, 3, 7, 1000, 8192, stream.len()] {
            let mut follower = Frames::default();
            let mut seen = 0;
            for piece in stream.chunks(size) {
                let complete = follower.see(piece);
                let last = ends.iter().rev().find(|end| **end <= seen + piece.len()).copied().unwrap_or(0);
                assert_eq!(complete, last.saturating_sub(seen), "pieces of {size} at {seen}");
                seen += piece.len();
                assert_eq!(follower.is_between(), ends.contains(&seen), "pieces of {size} at {seen}");
            }
            assert!(follower.is_between() && !follower.is_closed());
        }
    }

    #[test]
    fn a_close_frame_is_noticed() {
        let mut follower = Frames::default();
        follower.see(&frame(9, 0, true));
        assert!(!follower.is_closed());
        follower.see(&frame(8, 2, true));
        assert!(follower.is_closed());
    }

    /// The first byte says into how long pieces the others are cut.
    #[test]
    fn however_a_stream_is_cut_the_frames_are_the_same() {
        bolero::check!().for_each(|bytes| {
            let (cut, stream) =
                bytes.split_first().map_or((1, bytes), |(cut, rest)| (usize::from(*cut).max(1), rest));
            let (mut whole, mut pieces) = (Frames::default(), Frames::default());
            let complete = whole.see(stream);
            assert!(complete <= stream.len());
            let (mut seen, mut last) = (0, 0);
            for piece in stream.chunks(cut) {
                match pieces.see(piece) {
                    0 => {}
                    some => last = seen + some,
                }
                seen += piece.len();
            }
            assert_eq!(last, complete);
            assert_eq!((pieces.is_between(), pieces.is_closed()), (whole.is_between(), whole.is_closed()));
        });
    }
}
