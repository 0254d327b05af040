use super::{Line, Order};
use crate::{Document, Failure, Format, Limits};
use std::io;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

/// Seconds that a child may take beyond its computing time: others compute on the machine too.
const PATIENCE: u64 = 30;
/// Bytes of the child's errors that are looked at.
const ERRORS: u64 = 16 * 1024;
/// Signals by which somebody ends a whole service: the document is not to blame.
const ENDED_BY_OTHERS: [i32; 3] = [1, 2, 15];
const CPU_TIME_EXCEEDED: i32 = 24;
/// The kernel kills who computes on after that, and who takes memory that the machine has not.
const KILLED: i32 = 9;
/// What a Rust program writes when there is no memory left, before it aborts.
const OUT_OF_MEMORY: &str = "memory allocation of";

/// Runs a program that [`super::serve`]s, once for each document.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The program, by its absolute path: its environment is empty.
    pub program: PathBuf,
    /// What it is called with.
    pub args: Vec<String>,
}

impl Worker {
    /// Reads a document in a child process, which ends when the future is dropped.
    ///
    /// # Errors
    /// The inner error says why the document cannot be read, and reading it again will not help. The outer one is ours,
    /// and it may: the program could not be started, spoke nonsense, or was ended together with the service.
    pub async fn extract(
        &self,
        format: Format,
        bytes: &[u8],
        limits: &Limits,
        mut progress: impl FnMut(u32, Option<u32>) + Send,
    ) -> io::Result<Result<Document, Failure>> {
        let mut child = self.start()?;
        let deadline = Duration::from_secs(u64::from(limits.seconds).saturating_mul(2).saturating_add(PATIENCE));
        let result = timeout(deadline, converse(&mut child, format, bytes, limits, &mut progress)).await;
        match result {
            Ok(answer) => answer,
            Err(_) => {
                child.kill().await?;
                Ok(Err(Failure::too_slow()))
            }
        }
    }

    fn start(&self) -> io::Result<Child> {
        Command::new(&self.program)
            .args(&self.args)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
    }
}

async fn converse(
    child: &mut Child,
    format: Format,
    bytes: &[u8],
    limits: &Limits,
    progress: &mut (impl FnMut(u32, Option<u32>) + Send),
) -> io::Result<Result<Document, Failure>> {
    let (Some(mut input), Some(output), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(io::ErrorKind::BrokenPipe.into());
    };
    let mut header = serde_json::to_vec(&Order { format, limits: *limits, bytes: bytes.len() as u64 })?;
    header.push(b'\n');
    // A child that died takes no more; why it died is found below.
    let give = async move {
        let _ = async { input.write_all(&header).await.and(input.write_all(bytes).await) }.await;
    };
    let ((), answer, errors) = tokio::join!(give, listen(output, limits, progress), first_bytes(errors));
    match answer? {
        Answer::Complete(result) => Ok(result),
        Answer::TooLong => {
            child.kill().await?;
            Ok(Err(Failure::too_much()))
        }
        Answer::None => without_answer(child.wait().await?, &errors),
    }
}

enum Answer {
    Complete(Result<Document, Failure>),
    TooLong,
    None,
}

/// Reads lines until the document or the failure comes.
async fn listen(
    output: impl AsyncRead + Unpin,
    limits: &Limits,
    progress: &mut (impl FnMut(u32, Option<u32>) + Send),
) -> io::Result<Answer> {
    let mut output = BufReader::new(output).take(longest_answer(limits));
    let mut line = Vec::new();
    loop {
        line.clear();
        if output.read_until(b'\n', &mut line).await? == 0 || line.last() != Some(&b'\n') {
            return Ok(if output.limit() == 0 { Answer::TooLong } else { Answer::None });
        }
        match serde_json::from_slice(&line)? {
            Line::Progress(done, of) => progress(done, of),
            Line::Document(document) => return Ok(Answer::Complete(Ok(document))),
            Line::Failure(failure) => return Ok(Answer::Complete(Err(failure))),
        }
    }
}

/// More bytes than a child can need that keeps to the limits: for progress, the document and what is said of it.
fn longest_answer(limits: &Limits) -> u64 {
    // Four bytes, and two for the line break after it.
    let characters = (limits.characters as u64).saturating_mul(6);
    // Its kind and place, and what is between it and the next.
    let blocks = (limits.blocks as u64).saturating_mul(80);
    // Its number and the names of its parts, and its progress.
    let pages = u64::from(limits.pages).saturating_mul(160);
    characters.saturating_add(blocks).saturating_add(pages).saturating_add(64 << 10)
}

async fn first_bytes(mut errors: impl AsyncRead + Unpin) -> String {
    let mut first = Vec::new();
    let _ = (&mut errors).take(ERRORS).read_to_end(&mut first).await;
    // Whoever writes more must not wait for a reader.
    let _ = tokio::io::copy(&mut errors, &mut tokio::io::sink()).await;
    String::from_utf8_lossy(&first).into_owned()
}

fn without_answer(status: ExitStatus, errors: &str) -> io::Result<Result<Document, Failure>> {
    let signal = signal(status);
    if signal.is_some_and(|signal| ENDED_BY_OTHERS.contains(&signal)) {
        return Err(io::Error::new(io::ErrorKind::Interrupted, "the extraction was ended from outside"));
    }
    // It could not even take the order, or has no such command: that is not the document's fault.
    if signal.is_none() {
        let errors: String = errors.chars().take(500).collect();
        return Err(io::Error::other(format!("the extraction ended with {status}: {errors}")));
    }
    let overran = matches!(signal, Some(CPU_TIME_EXCEEDED | KILLED));
    Ok(Err(if errors.contains(OUT_OF_MEMORY) {
        Failure::too_much()
    } else if overran {
        Failure::too_slow()
    } else {
        Failure::corrupt()
    }))
}

#[cfg(unix)]
fn signal(status: ExitStatus) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status)
}

#[cfg(not(unix))]
fn signal(_status: ExitStatus) -> Option<i32> {
    None
}
