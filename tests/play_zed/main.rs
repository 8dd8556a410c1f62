//! Asks the extension for the server's command, as Zed does when a YAML file is opened.

use zed_extension_api::{LanguageServerId, Worktree};

fn main() {
    let id = LanguageServerId(std::env::args().nth(1).unwrap());
    match curate_zed::registered().language_server_command(&id, &Worktree) {
        Ok(found) => {
            println!("{}", found.command);
            println!("{}", found.args.join(" "));
            for (name, value) in found.env {
                println!("{name}={value}");
            }
        }
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}
