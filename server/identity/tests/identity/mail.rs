//! The outbox, and delivery to a mail server.

use crate::world::{World, count_panics, settings, sign_up};
use db::testing::ENGINES;
use http::StatusCode;
use identity::{MailSettings, Settings};
use std::{sync::atomic::Ordering, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpListener,
    sync::watch,
    time::timeout,
};
use tokio_util::sync::CancellationToken;

const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test]
async fn the_outbox_shows_mail_as_page_and_as_list() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        world.call("SignUp", sign_up("one@example.org")).await;
        world.call("SignUp", sign_up("two@example.org")).await;
        let all = world.mails("").await;
        assert_eq!(
            all.iter().map(|mail| mail["to"].as_str().unwrap()).collect::<Vec<_>>(),
            ["two@example.org", "one@example.org"]
        );
        let one = world.mails(" ONE@example.org").await;
        assert_eq!(one.len(), 1);
        let mut names: Vec<_> = one[0].as_object().unwrap().keys().cloned().collect();
        names.sort();
        assert_eq!(names, ["sent_at", "subject", "text", "to"]);
        assert!(one[0]["sent_at"].as_str().unwrap().ends_with('Z'));
        let page = world.get("/identity/outbox?to=one@example.org").await;
        assert_eq!((page.status, page.header("content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
        assert!(page.body.contains("<a href=\"http://127.0.0.1:3000/identity/confirm/"), "{}", page.body);
        assert!(!page.body.contains("two@example.org"));
    }
}

/// What came to the mail server.
#[derive(Default)]
struct Mails {
    refused: usize,
    taken: Vec<String>,
}

/// Speaks as much SMTP as a client needs; refuses the first mail for now. Tells what has come.
async fn mail_server() -> (u16, watch::Receiver<Mails>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (come, mails) = watch::channel(Mails::default());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (read, mut write) = stream.into_split();
            let mut lines = BufReader::new(read).lines();
            write.write_all(b"220 test\r\n").await.unwrap();
            let mut mail: Option<String> = None;
            while let Ok(Some(line)) = lines.next_line().await {
                if let Some(text) = &mut mail {
                    if line == "." {
                        let text = mail.take().unwrap();
                        let refuses = come.borrow().refused == 0;
                        let answer: &[u8] = if refuses { b"451 later\r\n" } else { b"250 ok\r\n" };
                        write.write_all(answer).await.unwrap();
                        come.send_modify(|mails| if refuses { mails.refused += 1 } else { mails.taken.push(text) });
                    } else {
                        text.push_str(&line);
                        text.push('\n');
                    }
                    continue;
                }
                let answer: &[u8] = match line.split(' ').next().unwrap_or_default() {
                    "EHLO" => b"250-test\r\n250 8BITMIME\r\n",
                    "DATA" => {
                        mail = Some(String::new());
                        b"354 go on\r\n"
                    }
                    "QUIT" => b"221 bye\r\n",
                    _ => b"250 ok\r\n",
                };
                if write.write_all(answer).await.is_err() {
                    break;
                }
            }
        }
    });
    (port, mails)
}

/// What has come, once it is so.
async fn until(mails: &mut watch::Receiver<Mails>, holds: impl FnMut(&Mails) -> bool) -> watch::Ref<'_, Mails> {
    timeout(PATIENCE, mails.wait_for(holds)).await.expect("mail comes in time").unwrap()
}

#[tokio::test]
async fn mail_is_delivered_again_after_a_failure_and_then_forgotten() {
    for engine in ENGINES {
        let (port, mut come) = mail_server().await;
        let mail = MailSettings::Smtp {
            url: format!("smtp://127.0.0.1:{port}").into(),
            from: "Lyceum <no-reply@lyceum.test>".into(),
        };
        let world = World::with(engine, Settings { mail, ..settings() }).await;
        assert_eq!(world.get("/identity/outbox").await.status, StatusCode::NOT_FOUND);
        let panics = count_panics();
        let stop = CancellationToken::new();
        let workers = world.identity.spawn_workers(&stop);
        assert_eq!(world.call("SignUp", sign_up("m@example.org")).await.status, StatusCode::OK);
        drop(until(&mut come, |mails| mails.refused == 1).await);
        // The second try is due in five seconds of our clock; the next mail wakes the courier.
        world.clock.advance_seconds(10);
        world.call("SignUp", sign_up("n@example.org")).await;
        let mails = until(&mut come, |mails| mails.taken.len() == 2).await.taken.clone();
        let first = mails.iter().find(|mail| mail.contains("To: m@example.org")).expect("the first mail");
        assert!(first.contains("From: Lyceum <no-reply@lyceum.test>"), "{first}");
        assert!(first.contains("Subject: Confirm your email address for Lyceum"), "{first}");
        assert!(first.contains("Message-ID: <"), "{first}");
        stop.cancel();
        workers.wait().await;
        assert_eq!(panics.load(Ordering::Relaxed), 0, "workers end without a panic");
        let mut c = world.database.db.read().await.unwrap();
        let kept: Vec<Option<String>> =
            db::on!(&mut c, c => sqlx::query_scalar("select body from identity_mails").fetch_all(&mut *c).await)
                .unwrap();
        assert_eq!(kept, [None, None], "codes and links are not kept once the mail is out");
    }
}
