//! Sessions that are over, and when that is sure enough to clear their cookies.

use super::layer::{descope, header, router, send, set};
use crate::service::{Service, nhost_client, uuid};
use generated_client::sessions::web::SessionLayer;
use std::time::Duration;

#[tokio::test]
async fn the_cookies_of_a_session_that_is_over_are_cleared() {
    let (service, _server, router) = descope().await;
    let cookie = format!("DS={}; DSR={}", service.descope_session(), service.descope_refresh(7));
    let paths = [("/token", 401), ("/layered", 401), ("/maybe", 200)];
    service.clock.advance(Duration::from_secs(700));
    // At first, another process may have the new session.
    for (path, status) in paths {
        let response = send(&router, "GET", path, &[("cookie", &cookie)]).await;
        assert_eq!((response.status().as_u16(), set(&response).len()), (status, 0), "{path}");
    }
    service.clock.advance(Duration::from_secs(10));
    for (path, status) in paths {
        let response = send(&router, "GET", path, &[("cookie", &cookie)]).await;
        assert_eq!(response.status(), status, "{path}");
        assert_eq!(set(&response), ["DS=", "DSR="]);
        assert_eq!(header(&response, "cache-control"), "no-store");
    }
    assert_eq!(service.requests("/v1/auth/refresh"), 1);
}

/// No process has the session of a token that can't be one.
#[tokio::test]
async fn the_cookies_of_a_token_that_has_expired_are_cleared_at_once() {
    let (service, _server, router) = descope().await;
    let cookie = format!("DS={}; DSR={}", service.descope_session(), service.descope_refresh(0));
    service.clock.advance(Duration::from_secs(29 * 24 * 60 * 60));
    let response = send(&router, "GET", "/token", &[("cookie", &cookie)]).await;
    assert_eq!((response.status().as_u16(), set(&response)), (401, vec!["DS=".into(), "DSR=".into()]));
    assert_eq!(service.requests("/v1/auth/refresh"), 0);
}

/// Two processes serve one browser, and the service lets one of them refresh the session.
#[tokio::test]
async fn the_loser_of_a_race_between_processes_leaves_the_cookies_of_the_winner() {
    let (service, server) = Service::start().await;
    let [winner, loser] = [(); 2].map(|()| {
        let sessions = nhost_client(&server).sessions().clock(service.clock.clone()).build();
        router(SessionLayer::new(sessions))
    });
    let cookie =
        |number| format!("nhostAccessToken={}; nhostRefreshToken={}", service.nhost_access(), uuid(number));
    let old = cookie(0);
    service.clock.advance(Duration::from_secs(1000));
    let won = send(&winner, "GET", "/token", &[("cookie", &old)]).await;
    assert_eq!(
        (won.status().as_u16(), set(&won)[1].clone()),
        (200, format!("nhostRefreshToken={}", uuid(1)))
    );
    // The loser has parallel requests, too, and one that comes a little later.
    for seconds in [0, 0, 9] {
        service.clock.advance(Duration::from_secs(seconds));
        let lost = send(&loser, "GET", "/token", &[("cookie", &old)]).await;
        assert_eq!((lost.status().as_u16(), set(&lost).len()), (401, 0));
        assert_eq!(
            header(&lost, "www-authenticate").split(',').next(),
            Some(r#"Bearer error="invalid_token""#)
        );
    }
    assert_eq!(service.requests("/token"), 2);
    // The browser has the new session, with either process.
    for router in [&winner, &loser] {
        let response = send(router, "GET", "/token", &[("cookie", &cookie(1))]).await;
        assert_eq!((response.status().as_u16(), set(&response).len()), (200, 0));
    }
    // A browser that still has the old one afterwards didn't get the new one.
    service.clock.advance(Duration::from_secs(1));
    let over = send(&loser, "GET", "/token", &[("cookie", &old)]).await;
    assert_eq!((over.status().as_u16(), set(&over)[1].clone()), (401, "nhostRefreshToken=".to_owned()));
    assert_eq!(service.requests("/token"), 2);
}
