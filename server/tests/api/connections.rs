//! What becomes of a connection after an answer, as it stands on the wire.

use crate::world::World;
use db::EngineKind;
use std::time::Duration;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

const PATIENCE: Duration = Duration::from_secs(30);
/// One byte more than a JSON body may have.
const TOO_MANY: usize = 1_000_001;
/// What a browser without scripts says of a form.
const PLAIN_FORM: &str =
    "accept: text/html\r\ncontent-type: application/x-www-form-urlencoded\r\nreferer: http://localhost/\r\n";

/// The client's end of a connection.
struct Wire(TcpStream);

impl Wire {
    async fn to(url: &str) -> Self {
        Self(TcpStream::connect(url.trim_start_matches("http://")).await.unwrap())
    }

    async fn send(&mut self, request_line: &str, headers: &str, body: &[u8]) {
        let head = format!("{request_line} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n");
        self.0.write_all(&[head.as_bytes(), body].concat()).await.unwrap();
    }

    /// The head of the answer, in small letters.
    async fn head(&mut self) -> String {
        let mut received = Vec::new();
        while !received.windows(4).any(|end| end == b"\r\n\r\n") {
            let count = timeout(PATIENCE, self.0.read_buf(&mut received)).await.unwrap().unwrap();
            assert_ne!(count, 0, "it ended: {}", String::from_utf8_lossy(&received));
        }
        let text = String::from_utf8_lossy(&received).to_lowercase();
        text.split("\r\n\r\n").next().unwrap().to_owned()
    }

    /// Everything up to the end of the connection.
    async fn rest(mut self) -> String {
        let mut received = Vec::new();
        timeout(PATIENCE, self.0.read_to_end(&mut received)).await.unwrap().unwrap();
        String::from_utf8_lossy(&received).into_owned()
    }
}

#[tokio::test]
async fn a_body_that_is_refused_before_its_end_ends_the_connection_and_the_answer_says_so() {
    let world = World::new(EngineKind::Sqlite).await;
    let (app, objects) = (world.url.clone(), world.objects_url().await);
    let token = world.person("Zofia", "Nowak").await.id_token;
    let signed_in = format!("authorization: Bearer {token}\r\ncontent-type: application/json\r\n");
    let too_long = format!("{signed_in}content-length: 2000000\r\n");
    let form_of_nobody = format!("{PLAIN_FORM}content-length: {TOO_MANY}\r\n");
    let much_too_long = format!("{PLAIN_FORM}content-length: 30000001\r\n");
    let foreign = "origin: https://evil.example\r\ncontent-length: 100\r\n";
    for (url, request_line, headers, sent, status) in [
        (&app, "PATCH /api/me", too_long.as_str(), TOO_MANY, 413),
        (&app, "POST /fn/albums/make", form_of_nobody.as_str(), 0, 413),
        (&app, "POST /fn/albums/make", much_too_long.as_str(), 0, 413),
        (&app, "POST /api/messages", "content-length: 100\r\n", 0, 401),
        (&app, "POST /api/messages", "transfer-encoding: chunked\r\n", 0, 401),
        (&app, "POST /api/messages", foreign, 0, 403),
        (&objects, "PUT /lyceum-media/a", "content-length: 100\r\n", 0, 403),
        (&objects, "PUT /lyceum-media/a", "content-length: 400000000\r\n", 0, 413),
    ] {
        let mut wire = Wire::to(url).await;
        wire.send(request_line, headers, &vec![b' '; sent]).await;
        let head = wire.head().await;
        assert!(head.starts_with(&format!("http/1.1 {status}")), "{head}");
        assert_eq!(head.matches("\r\nconnection: close").count(), 1, "{head}");
        wire.rest().await;
    }
}

#[tokio::test]
async fn a_connection_goes_on_after_what_was_read_whether_refused_or_not() {
    let world = World::new(EngineKind::Sqlite).await;
    let (app, objects) = (world.url.clone(), world.objects_url().await);
    let token = world.person("Zofia", "Nowak").await.id_token;
    let signed_in = format!("authorization: Bearer {token}\r\ncontent-type: application/json\r\n");
    let (blank, named) = (r#"{"display_name":""}"#, r#"{"display_name":"Zofia"}"#);
    let with_length = |body: &str| (format!("{signed_in}content-length: {}\r\n", body.len()), body.to_owned());
    let nothing = (String::new(), String::new());
    let chunked =
        (format!("{signed_in}transfer-encoding: chunked\r\n"), format!("{:x}\r\n{blank}\r\n0\r\n\r\n", blank.len()));
    for (url, request_line, (headers, body), status) in [
        (&app, "GET /api/config", nothing.clone(), 200),
        (&app, "GET /api/me", nothing.clone(), 401),
        (&app, "PATCH /api/me", with_length(named), 200),
        (&app, "PATCH /api/me", with_length(blank), 422),
        (&app, "PATCH /api/me", chunked, 422),
        (&objects, "GET /lyceum-media/a", nothing, 403),
    ] {
        let mut wire = Wire::to(url).await;
        wire.send(request_line, &headers, body.as_bytes()).await;
        let head = wire.head().await;
        assert!(head.starts_with(&format!("http/1.1 {status}")), "{head}");
        assert!(!head.contains("\r\nconnection:"), "{head}");
        wire.send(request_line, "connection: close\r\n", b"").await;
        assert!(wire.rest().await.contains("HTTP/1.1 "), "{request_line} is answered a second time");
    }
}
