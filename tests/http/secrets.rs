//! What opens a door is stored as a hash: whoever reads the database, or a copy of it, comes in nowhere.

use super::{
    files::stands_in,
    fixtures::{clinic, come_to_wait, log_in, secret},
};

#[tokio::test]
async fn neither_links_nor_codes_nor_sessions_nor_passwords_stand_in_the_database() {
    let (app, made) = clinic(&[]).await;
    let patient = come_to_wait(&app, &made, 0).await;
    let staff = log_in(&app, "okafor").await;
    let code = made["visits"][0]["code"].as_str().unwrap().to_owned();
    let value = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let doors = [
        secret(&made, 0),
        code.replace('-', ""),
        code,
        value(&patient),
        value(&staff),
        made["password"].as_str().unwrap().to_owned(),
    ];
    let data = app.directory.path().join("data");
    let id = made["visits"][0]["id"].as_str().unwrap();
    assert!(stands_in(&data, id), "what is no secret stands there, so that it is the right place to look");
    for door in doors {
        assert!(door.len() >= 10 && !stands_in(&data, &door), "{door}");
        assert!(!stands_in(&data, &door.to_lowercase()), "{door}");
    }
}
