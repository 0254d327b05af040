//! Files are seen by whoever may, and never run.

use super::{NOTES, address, fetch, send};
use crate::on_both_engines;
use http::StatusCode;

on_both_engines!(a_file_is_fetched_through_an_address_that_stays_for_a_while, world => {
    let (ada, ben) = (world.member("Ada").await, world.member("Ben").await);
    let url = send(&world, &ada, "media", "notes.txt", "", NOTES).await["file"]["url"].as_str().unwrap().to_owned();
    world.get(&url).send().await.refused(401, "unauthorized");
    world.get(&url).bearer(&ben.token).send().await.refused(404, "not_found");
    world.get("/media/0198c5a0-5f3e-4c1d-9a63-2f0c7c1e4b11").bearer(&ada.token).send().await.refused(404, "not_found");
    let session = world.sign_in(&ada.person).await;
    let answer = world.get(&url).session(&session).send().await;
    assert_eq!(answer.status, StatusCode::FOUND);
    let kept: i64 = answer.header("cache-control").strip_prefix("private, max-age=").unwrap().parse().unwrap();
    assert!((1..=600).contains(&kept), "{kept}");
    world.clock.advance_seconds(kept);
    let first = address(&world, &ada, &url).await;
    world.clock.advance_seconds(500);
    let rest: i64 = {
        let answer = world.get(&url).bearer(&ada.token).send().await;
        assert_eq!(answer.location(), first, "the same within the window");
        answer.header("cache-control").strip_prefix("private, max-age=").unwrap().parse().unwrap()
    };
    assert!((1..=100).contains(&rest), "{rest}");
    assert_eq!(reqwest::get(&first).await.unwrap().status(), StatusCode::OK);
    world.clock.advance_seconds(rest);
    assert_ne!(address(&world, &ada, &url).await, first);
    world.clock.advance_seconds(600);
    assert_eq!(reqwest::get(&first).await.unwrap().status(), StatusCode::FORBIDDEN, "no address holds for long");
});

on_both_engines!(what_a_browser_keeps_of_a_file_is_for_whoever_asked, world => {
    let (ada, ben) = (world.member("Ada").await, world.member("Ben").await);
    let url = send(&world, &ada, "media", "notes.txt", "", NOTES).await["file"]["url"].as_str().unwrap().to_owned();
    let session = world.sign_in(&ada.person).await;
    let answers = [
        (302, world.get(&url).session(&session).send().await),
        (302, world.get(&url).bearer(&ada.token).send().await),
        (302, world.call(http::Method::HEAD, &url).bearer(&ada.token).send().await),
        (401, world.get(&url).send().await),
        (404, world.get(&url).bearer(&ben.token).send().await),
        (422, world.get("/media/x").bearer(&ada.token).send().await),
    ];
    for (status, answer) in answers {
        assert_eq!(answer.status.as_u16(), status);
        assert_eq!(answer.header("vary"), "Cookie, Authorization", "{status}");
    }
});

on_both_engines!(the_store_answers_as_a_browser_needs_it, world => {
    let ada = world.member("Ada").await;
    let url = send(&world, &ada, "media", "notes.txt", "", NOTES).await["file"]["url"].as_str().unwrap().to_owned();
    let (client, address) = (reqwest::Client::new(), address(&world, &ada, &url).await);
    let whole = client.get(&address).header("origin", crate::world::APP).send().await.unwrap();
    assert_eq!(whole.headers()["access-control-allow-origin"], crate::world::APP);
    assert_eq!(whole.headers()["x-content-type-options"], "nosniff");
    assert!(whole.headers()["content-security-policy"].to_str().unwrap().contains("sandbox"));
    assert!(whole.headers()["cache-control"].to_str().unwrap().starts_with("private"));
    let etag = whole.headers()["etag"].clone();
    assert_eq!(whole.bytes().await.unwrap(), NOTES);
    let again = client.get(&address).header("if-none-match", etag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert!(again.bytes().await.unwrap().is_empty());
    let piece = client.get(&address).header("range", "bytes=2-5").send().await.unwrap();
    assert_eq!(piece.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(piece.headers()["content-range"], format!("bytes 2-5/{}", NOTES.len()));
    assert_eq!(piece.bytes().await.unwrap(), &NOTES[2..=5]);
    let foreign = client.get(&address).header("origin", "https://evil.example").send().await.unwrap();
    assert!(foreign.headers().get("access-control-allow-origin").is_none());
    let preflight = client
        .request(http::Method::OPTIONS, &address)
        .header("origin", crate::world::APP)
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "content-type,if-none-match,x-amz-checksum-sha256");
    let preflight = preflight.send().await.unwrap();
    assert_eq!(preflight.status(), StatusCode::OK);
    let allowed = preflight.headers()["access-control-allow-headers"].to_str().unwrap().to_owned();
    assert!(allowed.contains("x-amz-checksum-sha256") && allowed.contains("if-none-match"), "{allowed}");
    let moved = address.replace("response-content-disposition=attachment", "response-content-disposition=inline");
    assert_eq!(client.get(moved).send().await.unwrap().status(), StatusCode::FORBIDDEN);
});

on_both_engines!(a_range_is_heeded_or_ignored_as_the_standard_says, world => {
    let ada = world.member("Ada").await;
    let url = send(&world, &ada, "media", "notes.txt", "", NOTES).await["file"]["url"].as_str().unwrap().to_owned();
    let (client, address) = (reqwest::Client::new(), address(&world, &ada, &url).await);
    let whole = client.get(&address).send().await.unwrap();
    let known = |name: &str| whole.headers()[name].to_str().unwrap().to_owned();
    let (etag, modified) = (known("etag"), known("last-modified"));
    let ask = async |range: &str, condition: Option<&str>| {
        let request = client.get(&address).header("range", range);
        match condition {
            Some(condition) => request.header("if-range", condition).send().await.unwrap(),
            None => request.send().await.unwrap(),
        }
    };
    let longest = format!("bytes=-{}", u64::MAX);
    for ignored in ["bytes=0-0,2-3", "bytes=9-2", "bytes=abc", "lines=1-2", "bytes=-1000", &longest] {
        let answer = ask(ignored, None).await;
        assert_eq!(answer.status(), StatusCode::OK, "{ignored}");
        assert_eq!(answer.bytes().await.unwrap(), NOTES, "{ignored}");
    }
    for current in [&etag, &modified] {
        let piece = ask("bytes=-3", Some(current.as_str())).await;
        assert_eq!(piece.status(), StatusCode::PARTIAL_CONTENT, "{current}");
        assert_eq!(piece.bytes().await.unwrap(), &NOTES[NOTES.len() - 3..]);
        let beyond = ask("bytes=5000-", Some(current.as_str())).await;
        assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE, "{current}");
    }
    for other in ["\"0123456789abcdef0123456789abcdef\"".to_owned(), format!("W/{etag}"), "nonsense".to_owned()] {
        for range in ["bytes=0-1", "bytes=5000-"] {
            let answer = ask(range, Some(other.as_str())).await;
            assert_eq!(answer.status(), StatusCode::OK, "{other}: {range}");
            assert_eq!(answer.bytes().await.unwrap(), NOTES, "{other}: {range}");
        }
    }
});

on_both_engines!(a_look_without_the_bytes_tells_what_the_file_would, world => {
    let ada = world.member("Ada").await;
    let url = send(&world, &ada, "media", "notes.txt", "", NOTES).await["file"]["url"].as_str().unwrap().to_owned();
    let answer = world.call(http::Method::HEAD, &url).bearer(&ada.token).send().await;
    assert_eq!(answer.status, StatusCode::FOUND);
    let look = reqwest::Client::new().head(answer.location()).header("range", "bytes=abc").send().await.unwrap();
    assert_eq!(look.status(), StatusCode::OK);
    let whole = fetch(&world, &ada, &url).await;
    for name in ["content-length", "content-type", "content-disposition", "cache-control", "etag"] {
        assert_eq!(look.headers()[name], whole.headers()[name], "{name}");
    }
    assert_eq!(reqwest::get(answer.location()).await.unwrap().status(), StatusCode::FORBIDDEN);
});

on_both_engines!(nothing_that_was_sent_can_run, world => {
    let ada = world.member("Ada").await;
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let polyglot = [gif.as_slice(), b"<script>alert(1)</script>"].concat();
    for (filename, declared, bytes, shown) in [
        ("page.html", "text/html", b"<!doctype html><script>alert(1)</script>".as_slice(), None),
        ("photo.png", "", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", None),
        ("drawing.svg", "image/svg+xml", b"<?xml version='1.0'?><svg onload='alert(1)'/>", None),
        ("data.xml", "text/xml", b"<?xml-stylesheet href='x.xsl' type='text/xsl'?><a/>", None),
        ("a.pdf", "application/pdf", b"%PDF-1.7\n<script>alert(1)</script>", None),
        ("script.js", "text/javascript", b"alert(1)", None),
        ("x.gif", "text/html", polyglot.as_slice(), Some("image/gif")),
        ("s.wav", "", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0", Some("audio/wav")),
    ] {
        let file = send(&world, &ada, "media", filename, declared, bytes).await["file"].clone();
        let fetched = fetch(&world, &ada, file["url"].as_str().unwrap()).await;
        let header = |name: &str| fetched.headers()[name].to_str().unwrap().to_owned();
        let (kind, disposition) = (header("content-type"), header("content-disposition"));
        assert_eq!(header("x-content-type-options"), "nosniff");
        for runs in ["html", "svg", "xml", "javascript"] {
            assert!(!kind.contains(runs), "{filename}: {kind}");
        }
        match shown {
            Some(content_type) => assert!(kind == content_type && disposition.starts_with("inline"), "{filename}: {kind} {disposition}"),
            None => assert_eq!(disposition, format!("attachment; filename=\"{filename}\"")),
        }
        let kept = fetched.bytes().await.unwrap();
        assert!(shown != Some("image/gif") || !kept.windows(7).any(|window| window == b"<script"), "{filename}");
    }
});

on_both_engines!(a_hostile_name_stays_within_its_header, world => {
    let ada = world.member("Ada").await;
    let file = send(&world, &ada, "media", "..\\a\"b;\u{202e}\r\nżółw.html", "", NOTES).await["file"].clone();
    assert_eq!(file["filename"], "a\"b;żółw.html");
    let fetched = fetch(&world, &ada, file["url"].as_str().unwrap()).await;
    assert_eq!(
        fetched.headers()["content-disposition"].to_str().unwrap(),
        "attachment; filename=\"a_b;___w.html\"; filename*=UTF-8''a%22b%3B%C5%BC%C3%B3%C5%82w.html"
    );
});
