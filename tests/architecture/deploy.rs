//! What is shipped for a server's machine: units that systemd takes, and tools that find the server's own settings.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// The value of a line `NAME=value`.
fn setting<'t>(unit: &'t str, name: &str) -> Option<&'t str> {
    unit.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
}

#[test]
fn tools_are_started_with_the_servers_settings() {
    let server = read("deploy/owl.service");
    let file = setting(&server, "EnvironmentFile").unwrap();
    let data = setting(&server, "Environment").unwrap().split(' ').next().unwrap();
    let (user, program) = (setting(&server, "User").unwrap(), setting(&server, "ExecStart").unwrap());
    let directory = setting(&server, "WorkingDirectory").unwrap();
    assert!(data.starts_with("DATA_DIR="), "{data}");

    let audit = read("deploy/owl-audit.service");
    assert_eq!(setting(&audit, "EnvironmentFile"), Some(file));
    assert_eq!(setting(&audit, "Environment"), Some(data));
    assert_eq!(setting(&audit, "User"), Some(user));
    assert_eq!(setting(&audit, "WorkingDirectory"), Some(directory));
    assert_eq!(setting(&audit, "ExecStart"), Some(format!("{program} audit verify").as_str()));

    let tool = read("deploy/owl-as-service");
    for part in [
        format!("--uid={user} "),
        format!("--working-directory={directory} "),
        format!("--property=EnvironmentFile={file} "),
        format!("--setenv={data} "),
        format!("{program} \"$@\""),
    ] {
        assert!(tool.contains(&part), "{part}");
    }
    for name in ["deploy/owl-as-service", "deploy/is-ready"] {
        let mode = fs::metadata(root().join(name)).unwrap().permissions().mode();
        assert!(mode & 0o111 == 0o111, "{name} cannot be started");
    }
    for name in ["docs/clinic-it.md", "README.md"] {
        assert!(!read(name).contains("env DATA_DIR="), "{name}: a tool with half of the settings");
    }
}

#[test]
fn units_are_what_systemd_takes() {
    let directory = tempfile::tempdir().unwrap();
    let mut units = Vec::new();
    for name in ["owl.service", "owl.socket", "owl-audit.service", "owl-audit.timer"] {
        // The program is not here.
        let unit =
            read(&format!("deploy/{name}")).replace("ExecStart=/opt/owl-hospital/owl", "ExecStart=/bin/true");
        let path = directory.path().join(name);
        fs::write(&path, unit).unwrap();
        units.push(path);
    }
    // Where there is no systemd nobody uses these.
    let Ok(verified) = Command::new("systemd-analyze").args(["verify", "--man=no"]).args(&units).output()
    else {
        return;
    };
    let told = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success() && !told.contains("owl"), "{told}");
}
