use super::{Line, Order};
use crate::{Limits, extract};
use rlimit::Resource;
use std::io::{self, BufRead, BufReader, Read, Write};

/// What the process needs beside the document: its program, stacks, and what the allocator reserves.
const OVERHEAD: u64 = 512 << 20;

/// Answers one order and gives the process's exit code: 0 when an answer was written, be it a failure.
pub fn serve(input: impl Read, mut output: impl Write) -> u8 {
    match answer(BufReader::new(input), &mut output) {
        Ok(()) => 0,
        Err(error) => {
            let _ = writeln!(io::stderr(), "extraction: {error}");
            1
        }
    }
}

fn answer(mut input: impl BufRead, output: &mut impl Write) -> io::Result<()> {
    let mut header = String::new();
    input.by_ref().take(4096).read_line(&mut header)?;
    let order: Order = serde_json::from_str(&header)?;
    confine(&order.limits);
    let mut bytes = Vec::new();
    let read = input.take(order.bytes).read_to_end(&mut bytes)?;
    if read as u64 != order.bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    let mut failed = None;
    let result = extract(order.format, &bytes, &order.limits, &mut |done, of| {
        if failed.is_none() {
            failed = write(output, &Line::Progress(done, of)).err();
        }
    });
    if let Some(error) = failed {
        return Err(error);
    }
    write(output, &result.map_or_else(Line::Failure, Line::Document))
}

fn write(output: &mut impl Write, line: &Line) -> io::Result<()> {
    serde_json::to_writer(&mut *output, line)?;
    output.write_all(b"\n")?;
    output.flush()
}

/// Not every system knows every limit, and one that is lower already stays.
fn confine(limits: &Limits) {
    let memory = limits.memory_bytes.saturating_add(OVERHEAD);
    let seconds = u64::from(limits.seconds);
    for (resource, soft, hard) in [
        (Resource::AS, memory, memory),
        (Resource::CPU, seconds + 1, seconds + 2),
        (Resource::CORE, 0, 0),
        (Resource::FSIZE, 0, 0),
    ] {
        let _ = resource.set(soft, hard);
    }
}
