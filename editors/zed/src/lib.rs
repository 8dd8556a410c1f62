//! Starts `curate lsp` for the YAML files of a project.

use zed_extension_api::settings::{CommandSettings, LspSettings};
use zed_extension_api::{
    current_platform, register_extension, Command, Extension, LanguageServerId, Os, Result,
    Worktree,
};

/// The folders in which a project keeps its virtual environment.
const ENVIRONMENTS: [&str; 2] = [".venv", "venv"];

struct Curate;

impl Extension for Curate {
    fn new() -> Self {
        Curate
    }

    fn language_server_command(
        &mut self,
        id: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let given = LspSettings::for_worktree(id.as_ref(), worktree)?.binary;
        let (path, arguments, env) = match given {
            Some(CommandSettings {
                path,
                arguments,
                env,
            }) => (path, arguments, env),
            None => (None, None, None),
        };
        let command = path
            .or_else(|| in_environment(worktree))
            .or_else(|| worktree.which("curate"))
            .ok_or(MISSING)?;
        let mut variables = worktree.shell_env();
        variables.extend(env.unwrap_or_default());
        Ok(Command {
            command,
            args: arguments.unwrap_or_else(|| vec!["lsp".to_string()]),
            env: variables,
        })
    }
}

const MISSING: &str = "curate was not found: run `pip install '.[lsp]'` in your clone of curate, \
                       or set `lsp.curate.binary.path` in Zed's settings to where it is.";

/// Return the curate of the project's own virtual environment, if there is one.
fn in_environment(worktree: &Worktree) -> Option<String> {
    let (file, is_windows) = match current_platform() {
        (Os::Windows, _) => ("Scripts/curate.exe", true),
        _ => ("bin/curate", false),
    };
    ENVIRONMENTS.iter().find_map(|folder| {
        // An extension only sees a project's texts; a program on Windows is none.
        let proof = if is_windows { "pyvenv.cfg" } else { file };
        worktree.read_text_file(&format!("{folder}/{proof}")).ok()?;
        Some(format!("{}/{folder}/{file}", worktree.root_path()))
    })
}

register_extension!(Curate);
