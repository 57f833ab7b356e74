//! `cargo xtask run`: from a fresh clone to a served app.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::server_build::{self, Profile};
use crate::{client_build, demo, workspace};

/// Installs, builds and serves; returns when the server ends. With `built`, a server's binary, nothing is
/// installed or built.
///
/// # Errors
/// One sentence that says what to do.
pub(crate) fn run(
    with_demo: bool,
    port: u16,
    data: Option<PathBuf>,
    built: Option<PathBuf>,
) -> Result<()> {
    // Before minutes of building, not after.
    check_port(port)?;
    let server = match built {
        Some(server) => server,
        None => {
            client_build::ensure()?;
            server_build::ensure(Profile::Release)?
        }
    };
    if with_demo {
        return demo::serve(&server, port, data);
    }
    let data = data.unwrap_or_else(|| workspace::root().join("data"));
    serve(&server, port, &data)
}

/// Starts the server in this process's place: Ctrl-C reaches it alone and it stops in its own time.
fn serve(server: &Path, port: u16, data: &Path) -> Result<()> {
    let mut command = Command::new(server);
    command.arg("serve").args(["--listen", &format!("127.0.0.1:{port}")]);
    command.arg("--data").arg(data).arg("--assets").arg(workspace::dist());
    eprintln!("── Starting the server; stop it with Ctrl-C");
    replace(&mut command)
}

#[cfg(unix)]
fn replace(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    // Returns only when it failed.
    Err(command.exec()).context("The server cannot be started")
}

#[cfg(not(unix))]
fn replace(command: &mut Command) -> Result<()> {
    crate::process::show("The server", command)
}

fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "Port {port} is taken by another program: stop that program, or choose another port \
             with `cargo xtask run --port {}`.",
            port.checked_add(1).unwrap_or(8080)
        ),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => bail!(
            "Port {port} is reserved for the system: choose one above 1023, \
             for example `cargo xtask run --port 8080`."
        ),
        Err(error) => Err(error).with_context(|| format!("Port {port} cannot be used")),
    }
}

#[cfg(test)]
mod tests {
    use super::check_port;
    use std::net::{Ipv4Addr, TcpListener};

    #[test]
    fn a_taken_port_is_told_in_one_sentence_with_the_way_out() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        let sentence = check_port(port).unwrap_err().to_string();
        assert!(sentence.contains(&format!("Port {port} is taken")), "{sentence}");
        assert!(sentence.contains("--port"), "{sentence}");
        drop(holder);
        assert!(check_port(port).is_ok());
    }
}
