//! As much of Zed's extension API as the extension uses, played on the files of a folder.
//!
//! What Zed would tell it comes from the environment: PLAY_ROOT, PLAY_WINDOWS, and the settings
//! PLAY_PATH, PLAY_ARGUMENTS and PLAY_ENV.

use std::collections::HashMap;
use std::env::{split_paths, var};
use std::fs::read_to_string;
use std::path::Path;

pub type Result<T, E = String> = core::result::Result<T, E>;
pub type EnvVars = Vec<(String, String)>;

pub struct Command {
    pub command: String,
    pub args: Vec<String>,
    pub env: EnvVars,
}

pub struct LanguageServerId(pub String);

impl AsRef<str> for LanguageServerId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

pub enum Os {
    Mac,
    Linux,
    Windows,
}

pub enum Architecture {
    Aarch64,
    X86,
    X8664,
}

pub fn current_platform() -> (Os, Architecture) {
    let os = if var("PLAY_WINDOWS").is_ok() {
        Os::Windows
    } else {
        Os::Linux
    };
    (os, Architecture::X8664)
}

pub struct Worktree;

impl Worktree {
    pub fn root_path(&self) -> String {
        var("PLAY_ROOT").unwrap()
    }

    pub fn read_text_file(&self, path: &str) -> Result<String> {
        read_to_string(Path::new(&self.root_path()).join(path)).map_err(|error| error.to_string())
    }

    pub fn which(&self, binary_name: &str) -> Option<String> {
        split_paths(&var("PATH").ok()?)
            .map(|folder| folder.join(binary_name))
            .find(|path| path.is_file())
            .map(|path| path.to_string_lossy().into_owned())
    }

    pub fn shell_env(&self) -> EnvVars {
        vec![("HOME".to_string(), "/home/me".to_string())]
    }
}

pub mod settings {
    use super::*;

    pub struct CommandSettings {
        pub path: Option<String>,
        pub arguments: Option<Vec<String>>,
        pub env: Option<HashMap<String, String>>,
    }

    pub struct LspSettings {
        pub binary: Option<CommandSettings>,
    }

    impl LspSettings {
        pub fn for_worktree(language_server_name: &str, _worktree: &Worktree) -> Result<Self> {
            if language_server_name != "curate" {
                return Err(format!("there are no settings of {language_server_name}"));
            }
            let path = var("PLAY_PATH").ok();
            let words = |text: String| text.split(' ').map(str::to_string).collect();
            let arguments: Option<Vec<String>> = var("PLAY_ARGUMENTS").ok().map(words);
            let env = var("PLAY_ENV")
                .ok()
                .map(|value| [("PLAYED".to_string(), value)].into());
            let is_set = path.is_some() || arguments.is_some() || env.is_some();
            let binary = is_set.then_some(CommandSettings {
                path,
                arguments,
                env,
            });
            Ok(LspSettings { binary })
        }
    }
}

pub trait Extension: Send + Sync {
    fn new() -> Self
    where
        Self: Sized;

    fn language_server_command(
        &mut self,
        language_server_id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command>;
}

#[macro_export]
macro_rules! register_extension {
    ($extension_type:ty) => {
        pub fn registered() -> Box<dyn zed_extension_api::Extension> {
            Box::new(<$extension_type as zed_extension_api::Extension>::new())
        }
    };
}
