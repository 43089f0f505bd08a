//! What a page owes its patient before they are seen, whenever it learns of it.

use super::*;

const NOTICE: Duration = Duration::from_secs(10);
const ROOM: RoomName = RoomName(1);

fn at(seconds: u64) -> Millis {
    START.plus(Duration::from_secs(seconds))
}

/// Let in at the start, as the log counts it.
fn admitted() -> Stage {
    Stage::Admitted { room: ROOM, opens_at: START.plus(NOTICE) }
}

fn left(seconds: u64) -> Owed {
    Owed::Time(Duration::from_secs(seconds))
}

#[test]
fn a_page_that_hears_of_it_at_once_counts_as_the_log_does() {
    let mut page = Courtesy::default();
    assert_eq!(page.look(admitted(), at(1), NOTICE), left(9));
    for second in 2..10 {
        assert_eq!(page.look(admitted(), at(second), NOTICE), left(10 - second));
    }
    assert_eq!(page.look(admitted(), at(10), NOTICE), Owed::Nothing);
    assert_eq!(page.told(), Some(at(10)));
    assert_eq!(Courtesy::after(page.told()).look(admitted(), at(30), NOTICE), Owed::Nothing, "a reload");
}

#[test]
fn bug_23_a_page_that_learns_of_it_late_gives_the_whole_notice_all_the_same() {
    for late in [3, 9, 10, 11, 3600] {
        let mut page = Courtesy::default();
        assert_eq!(page.look(admitted(), at(late), NOTICE), left(10), "{late} s late");
        assert_eq!(page.look(admitted(), at(late + 4), NOTICE), left(6));
        assert_eq!(page.look(admitted(), at(late + 8), NOTICE), left(2));
        assert_eq!(page.look(admitted(), at(late + 10), NOTICE), Owed::Nothing);
    }
}

#[test]
fn bug_23_a_page_that_slept_meanwhile_begins_again() {
    let mut page = Courtesy::default();
    assert_eq!(page.look(admitted(), at(0), NOTICE), left(10));
    assert_eq!(page.look(admitted(), at(40), NOTICE), left(10));
    assert_eq!(page.look(admitted(), at(44), NOTICE), left(6), "a busy machine is not asleep");
}

#[test]
fn a_wrong_idea_of_the_servers_clock_makes_it_no_longer_than_it_is() {
    let mut page = Courtesy::default();
    let slow = START.minus(Duration::from_secs(5));
    assert_eq!(page.look(admitted(), slow, NOTICE), left(10));
}

#[test]
fn start_now_ends_it_by_the_log_and_where_the_log_has_ended_it_before() {
    let started = Stage::Admitted { room: ROOM, opens_at: at(3) };
    let mut page = Courtesy::default();
    page.look(admitted(), at(1), NOTICE);
    assert_eq!(page.look(started, at(3), NOTICE), Owed::Nothing, "the log says so");
    assert_eq!(Courtesy::after(page.told()).look(started, at(20), NOTICE), Owed::Nothing, "a reload");

    let mut page = Courtesy::default();
    assert_eq!(page.look(admitted(), at(20), NOTICE), left(10));
    page.start_now();
    assert_eq!(page.look(admitted(), at(21), NOTICE), Owed::Nothing);
}

#[test]
fn who_was_with_the_provider_is_not_told_again_when_the_provider_comes_back() {
    let stepped_back = Stage::Admitted { room: ROOM, opens_at: at(300) };
    let mut page = Courtesy::default();
    page.look(admitted(), at(0), NOTICE);
    page.start_now();
    assert_eq!(page.look(admitted(), at(1), NOTICE), Owed::Nothing);
    assert_eq!(page.look(Stage::SteppedOut { room: ROOM }, at(200), NOTICE), Owed::Nothing);
    let mut reloaded = Courtesy::after(page.told());
    assert_eq!(page.look(stepped_back, at(300), NOTICE), Owed::Nothing);
    assert_eq!(reloaded.look(Stage::SteppedOut { room: ROOM }, at(250), NOTICE), Owed::Nothing);
    assert_eq!(reloaded.look(stepped_back, at(300), NOTICE), Owed::Nothing);
}

#[test]
fn bug_23_who_comes_when_the_provider_has_stepped_out_is_told_when_they_come_back() {
    let mut page = Courtesy::default();
    assert_eq!(page.look(Stage::SteppedOut { room: ROOM }, at(200), NOTICE), Owed::Untold);
    let stepped_back = Stage::Admitted { room: ROOM, opens_at: at(300) };
    assert_eq!(page.look(stepped_back, at(300), NOTICE), left(10));
}

#[test]
fn who_is_sent_back_is_told_anew_the_next_time() {
    let mut page = Courtesy::after(Some(at(10)));
    assert_eq!(page.look(admitted(), at(12), NOTICE), Owed::Nothing);
    assert_eq!(page.look(Stage::Waiting, at(60), NOTICE), Owed::Nothing);
    let again = Stage::Admitted { room: ROOM, opens_at: at(110) };
    assert_eq!(page.look(again, at(100), NOTICE), left(10));
}

#[test]
fn a_clinic_without_a_notice_has_none() {
    for notice in [Duration::ZERO, Duration::from_secs(1)] {
        let mut page = Courtesy::default();
        let stage = Stage::Admitted { room: ROOM, opens_at: START.plus(notice) };
        assert_eq!(page.look(stage, at(5), notice) == Owed::Nothing, notice.is_zero());
    }
}
