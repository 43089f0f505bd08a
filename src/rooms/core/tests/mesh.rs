use super::{sdk::Sdk, world::World};

const TEN: usize = 10;

fn settle(world: &mut World, everybody: &mut [Sdk]) {
    while everybody.iter_mut().fold(false, |moved, sdk| sdk.pump(world) | moved) {}
}

#[test]
fn ten_who_join_at_once_are_all_connected_to_each_other() {
    let mut world = World::with(TEN);
    let mut everybody: Vec<Sdk> = (0..TEN).map(|n| Sdk::connect(&mut world, &format!("p{n}"), "r")).collect();
    settle(&mut world, &mut everybody);
    for sdk in &everybody {
        assert_eq!(sdk.sees().len(), TEN - 1);
        assert_eq!(sdk.pcs.len(), TEN - 1);
        assert_eq!(sdk.subscribed.len(), TEN - 1);
        assert!(sdk.pcs.values().all(|pc| !pc.offering), "every offer is answered");
    }
    assert_eq!(world.core.rooms.values().map(|room| room.pairs.len()).sum::<usize>(), TEN * (TEN - 1) / 2);
}

#[test]
fn all_who_publish_at_once_come_to_an_agreement() {
    let mut world = World::with(TEN);
    let mut everybody: Vec<Sdk> = (0..TEN).map(|n| Sdk::connect(&mut world, &format!("p{n}"), "r")).collect();
    settle(&mut world, &mut everybody);
    for _ in 0..3 {
        everybody.iter_mut().for_each(Sdk::publish);
    }
    settle(&mut world, &mut everybody);
    for sdk in &everybody {
        assert_eq!(sdk.subscribed.len(), 4 * (TEN - 1));
        assert!(sdk.pcs.values().all(|pc| !pc.offering), "every offer is answered");
    }
}
