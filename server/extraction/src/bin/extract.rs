//! Extraction by hand: `extract FILE` writes the pages as text, `extract --json FILE` the whole answer, and `extract serve`
//! answers one order as a worker does.

use extraction::{Format, Limits, extract, worker};
use std::error::Error;
use std::process::ExitCode;
use std::{env, fs, io};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve"] => ExitCode::from(worker::serve(io::stdin(), io::stdout())),
        ["--json", path] => done(show(path, true)),
        [path] => done(show(path, false)),
        _ => {
            eprintln!("usage: extract [--json] FILE | extract serve");
            ExitCode::from(2)
        }
    }
}

fn done(result: Result<(), Box<dyn Error>>) -> ExitCode {
    result.map_or_else(
        |error| {
            eprintln!("extract: {error}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn show(path: &str, json: bool) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(path)?;
    let format = Format::detect(&bytes, path).ok_or("this is no document that can be read")?;
    let document = extract(format, &bytes, &Limits::default(), &mut |_, _| {})?;
    if json {
        println!("{}", serde_json::to_string(&document)?);
        return Ok(());
    }
    for page in document.pages {
        println!("{}\u{c}", page.text);
    }
    Ok(())
}
