//! Everything that can be set, read from environment variables at start; one file per concern.
//!
//! Each field names its variable. The README has them all in one table.

mod database;
mod environment;
mod http;
mod identity;
mod limits;
mod objects;
#[cfg(test)]
mod readme_tests;
mod telemetry;
mod text;

pub use database::{DatabaseConfig, DatabasePlace};
pub use environment::Environment;
pub use http::HttpConfig;
pub use identity::{EmbeddedIdentity, ExternalIdentity, IdentityConfig};
pub use limits::LimitsConfig;
pub use objects::{ObjectsConfig, ObjectsKey, ObjectsPlace};
pub use telemetry::{LogFormat, TelemetryConfig};
pub use text::TextConfig;

use std::{fmt, path::PathBuf};

/// The whole configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// `LYCEUM_MODE=production`: refuses what is for development only. Default: development.
    pub production: bool,
    /// `LYCEUM_DATA_FOLDER`: what embedded services keep. Default: `data`.
    pub data_folder: PathBuf,
    /// `LYCEUM_TEST_CLOCK=1`: lets a test move the clock. Refused in production.
    pub test_clock: bool,
    /// Addresses.
    pub http: HttpConfig,
    /// The database.
    pub database: DatabaseConfig,
    /// Who says who people are.
    pub identity: IdentityConfig,
    /// Where files are kept.
    pub objects: ObjectsConfig,
    /// Sessions, rates and quotas.
    pub limits: LimitsConfig,
    /// Who makes notes and questions.
    pub text: TextConfig,
    /// Logs and metrics.
    pub telemetry: TelemetryConfig,
}

/// Everything that is wrong with the configuration.
#[derive(Debug)]
pub struct ConfigProblems(pub Vec<String>);

impl fmt::Display for ConfigProblems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration needs a correction:")?;
        self.0.iter().try_for_each(|problem| write!(f, "\n  - {problem}"))
    }
}

impl std::error::Error for ConfigProblems {}

impl Config {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn from_env() -> Result<Self, ConfigProblems> {
        Self::read(&|name| std::env::var(name).ok())
    }

    /// Reads variables through a function.
    ///
    /// # Errors
    /// Every problem at once.
    pub fn read(lookup: &dyn Fn(&str) -> Option<String>) -> Result<Self, ConfigProblems> {
        let environment = Environment::new(lookup);
        let production = match environment.text("LYCEUM_MODE").as_deref() {
            None | Some("development") => false,
            Some("production") => true,
            Some(_) => {
                environment.problem("LYCEUM_MODE is neither development nor production".into());
                true
            }
        };
        let data_folder = environment.text("LYCEUM_DATA_FOLDER").map_or_else(|| PathBuf::from("data"), PathBuf::from);
        let test_clock = environment.switch("LYCEUM_TEST_CLOCK", false);
        if production && test_clock {
            environment.problem("LYCEUM_TEST_CLOCK is for tests: remove it in production".into());
        }
        let http = HttpConfig::read(&environment, production);
        let database = DatabaseConfig::read(&environment, &data_folder, production);
        let identity = IdentityConfig::read(&environment, production);
        let objects = ObjectsConfig::read(&environment, &data_folder, production);
        let limits = LimitsConfig::read(&environment);
        let text = TextConfig::read(&environment, production);
        let telemetry = TelemetryConfig::read(&environment, production);
        let config =
            Self { production, data_folder, test_clock, http, database, identity, objects, limits, text, telemetry };
        match environment.into_problems() {
            problems if problems.is_empty() => Ok(config),
            problems => Err(ConfigProblems(problems)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigProblems> {
        Config::read(&|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    fn problems(variables: &[(&str, &str)]) -> String {
        read(variables).unwrap_err().to_string()
    }

    #[test]
    fn nothing_has_to_be_set_for_development() {
        let config = read(&[]).unwrap();
        assert!(!config.production);
        assert_eq!(config.http.address.to_string(), "127.0.0.1:3000");
        assert!(matches!(config.identity, IdentityConfig::Embedded(EmbeddedIdentity { demo: true, .. })));
    }

    #[test]
    fn production_lists_all_that_is_missing_at_once() {
        let all = problems(&[("LYCEUM_MODE", "production"), ("LYCEUM_TEST_CLOCK", "1")]);
        let missing = [
            "LYCEUM_TEST_CLOCK",
            "LYCEUM_PUBLIC_URL",
            "LYCEUM_SMTP_URL",
            "LYCEUM_MAIL_FROM",
            "LYCEUM_OBJECTS_PUBLIC_URL",
        ];
        for variable in missing {
            assert!(all.contains(variable), "{variable} is not named in: {all}");
        }
    }

    #[test]
    fn what_the_container_setup_presets_hides_nothing_that_is_missing() {
        // `NAME: ${NAME:-preset}` in its list of variables.
        let preset = |name: &str| {
            include_str!("../../../compose.yaml").lines().find_map(|line| {
                let value = line.trim().strip_prefix(name)?.strip_prefix(": ")?;
                Some(value.split_once(":-").map_or(value, |(_, preset)| preset.trim_end_matches('}')).to_owned())
            })
        };
        assert_eq!(preset("LYCEUM_MODE").as_deref(), Some("development"));
        let in_production =
            |name: &str| if name == "LYCEUM_MODE" { Some("production".to_owned()) } else { preset(name) };
        let all = Config::read(&in_production).unwrap_err().to_string();
        for variable in ["LYCEUM_PUBLIC_URL", "LYCEUM_OBJECTS_PUBLIC_URL", "LYCEUM_SMTP_URL"] {
            assert!(all.contains(&format!("{variable} is missing")), "{variable} is not missing in: {all}");
        }
        assert!(all.contains("LYCEUM_DATABASE_PASSWORD is the one of a trial"), "{all}");
        assert!(Config::read(&preset).is_ok());
    }

    #[test]
    fn production_refuses_the_demo_people_and_plain_http() {
        let all = problems(&[
            ("LYCEUM_MODE", "production"),
            ("LYCEUM_PUBLIC_URL", "http://lyceum.example"),
            ("LYCEUM_SMTP_URL", "smtps://user:secret@mail.example"),
            ("LYCEUM_MAIL_FROM", "Lyceum <post@lyceum.example>"),
            ("LYCEUM_DEMO", "1"),
        ]);
        assert!(all.contains("LYCEUM_DEMO") && all.contains("https"), "{all}");
        assert!(!all.contains("secret"), "a problem must not print a secret: {all}");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_named() {
        let all = problems(&[("LYCEUM_SESSION_IDLE_SECONDS", "soon"), ("PORT", "99999"), ("LYCEUM_MODE", "prod")]);
        for variable in ["LYCEUM_SESSION_IDLE_SECONDS", "PORT", "LYCEUM_MODE"] {
            assert!(all.contains(variable), "{variable} is not named in: {all}");
        }
    }

    #[test]
    fn an_external_provider_is_chosen_by_its_issuer() {
        let pool = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab12cd34E";
        let config = read(&[
            ("LYCEUM_IDENTITY_ISSUER", pool),
            ("LYCEUM_IDENTITY_CLIENT_ID", "bff"),
            ("LYCEUM_IDENTITY_CLIENT_SECRET", "hidden"),
            ("LYCEUM_IDENTITY_PUBLIC_CLIENT_ID", "lyceum"),
        ])
        .unwrap();
        let IdentityConfig::External(external) = config.identity.clone() else { panic!("not external") };
        assert_eq!(
            (external.region.as_str(), external.user_pool_id.as_str()),
            ("eu-central-1", "eu-central-1_Ab12cd34E")
        );
        assert!(!format!("{config:?}").contains("hidden"));
    }

    #[test]
    fn an_external_store_is_chosen_by_its_endpoint() {
        let all = problems(&[
            ("LYCEUM_OBJECTS_ENDPOINT", "http://store.example"),
            ("LYCEUM_OBJECTS_ACCESS_KEY_ID", "key"),
            ("LYCEUM_OBJECTS_BUCKET_MEDIA", "m"),
        ]);
        assert!(all.contains("LYCEUM_OBJECTS_BUCKET_PHOTO") && !all.contains("BUCKET_MEDIA"), "{all}");
        assert!(all.contains("LYCEUM_OBJECTS_SECRET_ACCESS_KEY"), "{all}");
        let buckets = ["MEDIA", "PHOTO", "DOCUMENT", "AUDIO", "AVATAR"];
        let names = buckets.map(|purpose| format!("LYCEUM_OBJECTS_BUCKET_{purpose}"));
        let mut variables: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "lyceum")).collect();
        variables.extend([("LYCEUM_OBJECTS_ENDPOINT", "aws"), ("AWS_REGION", "eu-central-1")]);
        variables.extend([("LYCEUM_OBJECTS_ACCESS_KEY_ID", "key"), ("LYCEUM_OBJECTS_SECRET_ACCESS_KEY", "hidden")]);
        let config = read(&variables).unwrap();
        assert!(matches!(config.objects.place, ObjectsPlace::External { endpoint: None }));
        assert_eq!(config.objects.region, "eu-central-1");
        assert!(!format!("{config:?}").contains("hidden"));
        let config = read(&[("LYCEUM_STORAGE_QUOTA", "5"), ("LYCEUM_UPLOAD_LIMIT_PHOTO", "7")]).unwrap();
        assert_eq!((config.objects.uploads.quota, config.objects.uploads.limits[1]), (5, 7));
    }

    #[test]
    fn a_language_model_is_chosen_by_its_kind() {
        assert!(matches!(read(&[]).unwrap().text, TextConfig::Embedded));
        let openai = [
            ("LYCEUM_TEXT_PROVIDER", "openai"),
            ("LYCEUM_TEXT_URL", "http://127.0.0.1:11434/v1"),
            ("LYCEUM_TEXT_MODEL", "llama3"),
            ("LYCEUM_TEXT_API_KEY", "hidden"),
        ];
        let config = read(&openai).unwrap();
        assert!(matches!(&config.text, TextConfig::OpenAi { model, .. } if model == "llama3"));
        assert!(!format!("{config:?}").contains("hidden"));
        let config = read(&[
            ("LYCEUM_TEXT_PROVIDER", "bedrock"),
            ("LYCEUM_TEXT_MODEL", "anthropic.claude"),
            ("AWS_REGION", "eu-central-1"),
        ]);
        assert!(
            matches!(config.unwrap().text, TextConfig::Bedrock { url: None, region, .. } if region == "eu-central-1")
        );
        for (variables, named) in [
            (vec![("LYCEUM_TEXT_PROVIDER", "oracle")], "LYCEUM_TEXT_PROVIDER"),
            (vec![("LYCEUM_TEXT_PROVIDER", "openai")], "LYCEUM_TEXT_URL"),
            (vec![("LYCEUM_TEXT_PROVIDER", "openai"), ("LYCEUM_TEXT_URL", "http://x")], "LYCEUM_TEXT_MODEL"),
            (vec![("LYCEUM_TEXT_PROVIDER", "bedrock")], "LYCEUM_TEXT_MODEL"),
            (vec![("LYCEUM_TEXT_MODEL", "m")], "LYCEUM_TEXT_PROVIDER"),
            (vec![("LYCEUM_TEXT_TIMEOUT_SECONDS", "0")], "LYCEUM_TEXT_TIMEOUT_SECONDS"),
        ] {
            let all = problems(&variables);
            assert!(all.contains(named), "{named} is not named in: {all}");
        }
        let mut with_password = openai;
        with_password[1].1 = "https://me:secret@models.example/v1";
        let all = problems(&with_password);
        assert!(all.contains("LYCEUM_TEXT_URL") && !all.contains("secret"), "{all}");
        let mut on_the_way = openai.to_vec();
        on_the_way[1].1 = "http://models.example/v1";
        on_the_way.push(("LYCEUM_MODE", "production"));
        assert!(problems(&on_the_way).contains("the key would be read"));
    }

    #[test]
    fn a_database_comes_as_a_url_or_in_parts() {
        let config = read(&[("DATABASE_URL", "postgres://lyceum:pw@db.example/lyceum")]).unwrap();
        assert!(!format!("{config:?}").contains("pw@"), "the password must not be printed");
        assert!(read(&[("LYCEUM_DATABASE_HOST", "db.example")]).is_err());
        assert!(problems(&[("DATABASE_URL", "mysql://x")]).contains("DATABASE_URL"));
    }
}
