//! `server serve` runs the app; `migrate` brings the database up to date; `check-config` lists what is wrong with
//! the settings; `health` asks a running server on this machine, for container health checks; `seed` fills an empty
//! database with invented people and conversations.

use backend::seed::Seed;
use server::{
    compose,
    config::{Config, ConfigProblems},
    telemetry, temporary,
};
use std::{error::Error, io, process::ExitCode};

const USAGE: &str = "usage: server serve | migrate | check-config | health | seed [NUMBER]";

fn main() -> ExitCode {
    let command = std::env::args().nth(1).unwrap_or_else(|| "serve".into());
    if command == compose::EXTRACT_COMMAND {
        // It limits what it may take, so nothing else begins before.
        return ExitCode::from(extraction::worker::serve(io::stdin(), io::stdout()));
    }
    run(&command)
}

#[tokio::main]
async fn run(command: &str) -> ExitCode {
    let outcome = match command {
        "serve" => serve().await,
        "migrate" => migrate().await,
        "check-config" => check_config(),
        "health" => compose::ask_health(Config::from_env()).await,
        "seed" => seed(std::env::args().nth(2)).await,
        _ => Err(USAGE.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("server: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The settings, with the log and the folder of temporary files as they want them.
fn begin() -> Result<Config, Box<dyn Error>> {
    let config = Config::from_env()?;
    telemetry::log(&config.telemetry);
    temporary::make_folder(&config.data_folder)?;
    Ok(config)
}

async fn serve() -> Result<(), Box<dyn Error>> {
    compose::serve(begin()?).await
}

async fn migrate() -> Result<(), Box<dyn Error>> {
    compose::open_database(&begin()?).await?.migrate().await?;
    Ok(())
}

/// The same number makes the same data.
async fn seed(number: Option<String>) -> Result<(), Box<dyn Error>> {
    let number = number.map_or(Ok(1), |text| text.parse()).map_err(|_| USAGE)?;
    compose::seed(&begin()?, Seed { number, ..Seed::default() }).await
}

fn check_config() -> Result<(), Box<dyn Error>> {
    Config::from_env().map_err(|problems: ConfigProblems| problems)?;
    println!("the configuration is complete");
    Ok(())
}
