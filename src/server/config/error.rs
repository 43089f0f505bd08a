//! What can be wrong with the configuration, told to the person who starts the server.

/// Why the server refuses to start. The text is for people: it names the variable and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// An unknown flag, or a request for `--help` or `--version`: print it and end with its exit code.
    #[error(transparent)]
    Usage(#[from] Box<clap::Error>),
    /// A value cannot be understood.
    #[error("{variable} is not usable: {problem}. {remedy}")]
    Wrong {
        /// The variable's name.
        variable: &'static str,
        /// What is wrong with it. Never repeats a secret.
        problem: String,
        /// What to write instead.
        remedy: &'static str,
    },
    /// Variables that belong together are set in part.
    #[error("{} not set, but {present} is. {remedy}", are(.missing))]
    Incomplete {
        /// The variables to add: all that are missing.
        missing: Vec<&'static str>,
        /// One that is there.
        present: &'static str,
        /// Which of them belong together.
        remedy: &'static str,
    },
    /// Everybody on the machine can read the command line of a running program.
    #[error("{variable} is a secret: please set it in the environment or in .env, not on the command line.")]
    SecretOnCommandLine {
        /// The variable to use.
        variable: String,
    },
    /// The file `.env` is there and cannot be read. Its content is not repeated: it holds secrets.
    #[error("The file .env cannot be read: {problem}. Each line should look like NAME=value.")]
    DotEnv {
        /// What is wrong, without any content.
        problem: String,
    },
}

impl ConfigError {
    pub(super) fn wrong(variable: &'static str, problem: impl ToString, remedy: &'static str) -> Self {
        Self::Wrong { variable, problem: problem.to_string(), remedy }
    }
}

/// Names with their verb, as in `A is`, `A and B are`, `A, B and C are`.
fn are(names: &[&str]) -> String {
    match names {
        [before, last] => format!("{before} and {last} are"),
        [rest @ .., before, last] => format!("{}, {before} and {last} are", rest.join(", ")),
        _ => format!("{} is", names.concat()),
    }
}
