//! Serves the provider alone, for checks from outside: `cargo run -p identity --example standalone [PORT]`.
//!
//! Its database is a fresh file that is gone afterwards; the clients are those of the conformance checks.

use db::Db;
use domain::clock::Clock;
use identity::{AdministrationKey, Client, DemoPerson, Identity, Limits, MailSettings, Settings};
use std::{env, error::Error, net::SocketAddr};
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let port: u16 = env::args().nth(1).map_or(Ok(3000), |port| port.parse())?;
    let origin = format!("http://127.0.0.1:{port}");
    let folder = env::temp_dir().join(format!("identity-standalone-{}", domain::clock::random_uuid()));
    std::fs::create_dir(&folder)?;
    let db = Db::open(&format!("sqlite:{}", folder.join("identity.db").display()), 4).await?;
    db.migrate().await?;
    let client = |client_id: &str, secret: Option<&str>| Client {
        client_id: client_id.into(),
        secret: secret.map(Into::into),
        redirect_uris: vec![format!("{origin}/auth/callback")],
        logout_uris: vec![format!("{origin}/")],
        scopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"].map(str::to_owned).into(),
        password_grant: secret.is_none(),
    };
    let settings = Settings {
        public_url: origin.parse()?,
        pool_id: "us-east-1_embedded0".into(),
        sign_in_url: format!("{origin}/auth/sign-in").parse()?,
        clients: vec![client("lyceum", None), client("lyceum-web", Some("development-secret"))],
        access_token_seconds: 3_600,
        refresh_token_seconds: 5 * 86_400,
        browser_session_seconds: 3_600,
        production: false,
        mail: MailSettings::Outbox,
        demo_people: vec![DemoPerson {
            email: "ada@demo.test".into(),
            given_name: "Ada".into(),
            family_name: "Lovelace".into(),
        }],
        test_clock: true,
        administration: Some(AdministrationKey {
            access_key_id: "AKIDLYCEUM".into(),
            secret_access_key: "administration-secret".into(),
        }),
        limits: Limits::default(),
    };
    let identity = Identity::new(settings, db.clone(), Clock::system()).await?;
    let stop = CancellationToken::new();
    let workers = identity.spawn_workers(&stop);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    println!("{origin}/identity/login");
    let service = identity.router().into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service)
        .with_graceful_shutdown(async {
            tokio::signal::ctrl_c().await.ok();
        })
        .await?;
    stop.cancel();
    workers.wait().await;
    db.close().await;
    std::fs::remove_dir_all(folder)?;
    Ok(())
}
