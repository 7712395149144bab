//! A Chromium without a window.

use chromiumoxide::Page;
use chromiumoxide::browser::{Browser as Chromium, BrowserConfig};
use chromiumoxide::cdp::browser_protocol::log::EventEntryAdded;
use chromiumoxide::cdp::browser_protocol::network::{Cookie, EventRequestWillBeSent};
use chromiumoxide::cdp::browser_protocol::target::{CreateBrowserContextParams, CreateTargetParams};
use chromiumoxide::cdp::browser_protocol::web_authn::{
    AddVirtualAuthenticatorParams, AuthenticatorProtocol, AuthenticatorTransport, EnableParams,
    VirtualAuthenticatorOptions,
};
use chromiumoxide::cdp::js_protocol::runtime::EventConsoleApiCalled;
use chromiumoxide::page::ScreenshotParams;
use futures_util::StreamExt;
use std::fmt::Debug;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// After this, what is waited for doesn't come.
const PATIENCE: Duration = Duration::from_secs(60);

/// Number of the browsers of this process, each of which has its own folder.
static BROWSERS: AtomicU32 = AtomicU32::new(0);

pub(crate) struct Browser {
    chromium: tokio::sync::Mutex<Chromium>,
    pictures: PathBuf,
    /// Whatever may be seen by others: URLs, sources of pages, the console.
    seen: Arc<Mutex<Vec<String>>>,
    /// Values of session cookies, which nobody may see.
    secrets: Mutex<Vec<String>>,
}

/// A tab of the browser.
pub(crate) struct Tab<'b> {
    page: Page,
    browser: &'b Browser,
}

impl Browser {
    pub(crate) async fn launch(service: &str) -> Self {
        let number = BROWSERS.fetch_add(1, Ordering::SeqCst);
        let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().join("browser");
        let profile = target.join(format!("profile-{}-{number}", std::process::id()));
        let mut config = BrowserConfig::builder().user_data_dir(&profile).new_headless_mode();
        config = config
            .no_sandbox()
            .launch_timeout(PATIENCE)
            .request_timeout(PATIENCE)
            .viewport(None)
            .window_size(420, 800);
        if let Some(program) = std::env::var_os("CHROMIUM") {
            config = config.chrome_executable(program);
        }
        let (chromium, mut handler) = Chromium::launch(config.build().unwrap()).await.unwrap();
        tokio::spawn(async move { while handler.next().await.is_some() {} });
        let pictures = target.join(service);
        std::fs::create_dir_all(&pictures).unwrap();
        let chromium = tokio::sync::Mutex::new(chromium);
        Self { chromium, pictures, seen: Arc::default(), secrets: Mutex::default() }
    }

    /// A tab that shares its cookies with the other tabs.
    pub(crate) async fn tab(&self) -> Tab<'_> {
        self.open(CreateTargetParams::new("about:blank")).await
    }

    /// A tab with cookies of its own, as on another device.
    pub(crate) async fn other_device(&self) -> Tab<'_> {
        let chromium = self.chromium.lock().await;
        let context = chromium.create_browser_context(CreateBrowserContextParams::default()).await.unwrap();
        drop(chromium);
        let target = CreateTargetParams::builder().url("about:blank").browser_context_id(context);
        self.open(target.build().unwrap()).await
    }

    async fn open(&self, target: CreateTargetParams) -> Tab<'_> {
        let page = self.chromium.lock().await.new_page(target).await.unwrap();
        page.enable_log().await.unwrap();
        let urls = page.event_listener::<EventRequestWillBeSent>().await.unwrap();
        self.watch(urls.map(|event| event.request.url.clone()));
        let console = page.event_listener::<EventConsoleApiCalled>().await.unwrap();
        self.watch(console.map(|event| text(&event.args)));
        let log = page.event_listener::<EventEntryAdded>().await.unwrap();
        self.watch(log.map(|event| text(&event.entry)));
        Tab { page, browser: self }
    }

    fn watch(&self, mut events: impl StreamExt<Item = String> + Send + Unpin + 'static) {
        let seen = self.seen.clone();
        tokio::spawn(async move {
            while let Some(event) = events.next().await {
                seen.lock().unwrap().push(event);
            }
        });
    }

    /// Ends the browser. No session token was in a URL, in the source of a page or in the console.
    pub(crate) async fn finish(self, cookies: &[&str]) {
        let chromium = &mut *self.chromium.lock().await;
        chromium.close().await.unwrap();
        chromium.wait().await.unwrap();
        let (seen, secrets) = (self.seen.lock().unwrap(), self.secrets.lock().unwrap());
        assert!(!seen.is_empty());
        for secret in secrets.iter() {
            let place = seen.iter().find(|text| text.contains(secret.as_str()));
            assert_eq!(place, None, "one of {cookies:?} is seen");
        }
    }
}

fn text(value: &impl Debug) -> String {
    format!("{value:?}")
}

impl Tab<'_> {
    /// Goes to a URL.
    pub(crate) async fn go(&self, url: &str) {
        self.look_at().await;
        self.page.goto(url).await.unwrap();
    }

    /// Brings the tab to the front. Nothing moves in one that nobody sees.
    async fn look_at(&self) {
        self.page.bring_to_front().await.unwrap();
    }

    /// Types into a field.
    pub(crate) async fn fill(&self, name: &str, text: &str) {
        self.look_at().await;
        let field = self.page.find_element(format!("input[name={name}]")).await.unwrap();
        field.click().await.unwrap();
        // What is there already is replaced.
        self.script(&format!("document.querySelector('input[name={name}]').value = ''")).await;
        field.type_str(text).await.unwrap();
    }

    /// Clicks on the button or link with this text.
    pub(crate) async fn click(&self, text: &str) {
        self.look_at().await;
        let found = format!("//*[self::button or self::a][contains(normalize-space(.), \"{text}\")]");
        self.until(&format!("there is {text:?}"), async || self.page.find_xpath(&found).await.is_ok()).await;
        let element = self.page.find_xpath(&found).await.unwrap();
        element.scroll_into_view().await.unwrap();
        element.click().await.unwrap();
    }

    /// Sends the form by the keyboard.
    pub(crate) async fn press_enter(&self, name: &str) {
        let field = self.page.find_element(format!("input[name={name}]")).await.unwrap();
        field.focus().await.unwrap().press_key("Enter").await.unwrap();
    }

    /// Waits until the page shows a text, and takes a picture of it.
    pub(crate) async fn see(&self, words: &str) {
        self.look_at().await;
        self.until(&format!("the page shows {words:?}"), async || self.text().await.contains(words)).await;
        self.note().await;
        let name: String = words.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ' ').collect();
        let picture =
            self.browser.pictures.join(format!("{}.png", name.trim().replace(' ', "-").to_lowercase()));
        self.page
            .save_screenshot(ScreenshotParams::builder().full_page(true).build(), picture)
            .await
            .unwrap();
    }

    /// Waits until the page has a title.
    pub(crate) async fn until_title(&self, title: &str) {
        let title = format!("{title:?}");
        self.until(&format!("the title is {title}"), async || self.script("document.title").await == title)
            .await;
    }

    /// What the page shows.
    pub(crate) async fn text(&self) -> String {
        let text = self.page.evaluate("document.body ? document.body.innerText : ''").await;
        text.ok().and_then(|text| text.into_value().ok()).unwrap_or_default()
    }

    /// The text of an element.
    pub(crate) async fn text_of(&self, selector: &str) -> String {
        let element = self.page.find_element(selector).await.unwrap();
        element.inner_text().await.unwrap().unwrap_or_default()
    }

    pub(crate) async fn url(&self) -> String {
        self.page.url().await.unwrap().unwrap_or_default()
    }

    /// Runs a script, and gives what comes of it as JSON; nothing while another page is on its way.
    pub(crate) async fn script(&self, script: &str) -> String {
        let result = self.page.evaluate(script).await.ok();
        let value = result.and_then(|result| result.into_value::<serde_json::Value>().ok());
        value.map(|value| value.to_string()).unwrap_or_default()
    }

    /// The cookies that go to the application.
    pub(crate) async fn cookies(&self) -> Vec<Cookie> {
        self.page.get_cookies().await.unwrap()
    }

    /// The value of a cookie.
    pub(crate) async fn cookie(&self, name: &str) -> Option<String> {
        self.cookies().await.into_iter().find(|cookie| cookie.name == name).map(|cookie| cookie.value)
    }

    /// Puts an authenticator into the device: WebAuthn as it is, from page to server, but nobody has to touch it.
    pub(crate) async fn add_authenticator(&self) {
        self.page.execute(EnableParams::default()).await.unwrap();
        let options = VirtualAuthenticatorOptions::builder()
            .protocol(AuthenticatorProtocol::Ctap2)
            .transport(AuthenticatorTransport::Internal)
            .has_resident_key(true)
            .has_user_verification(true)
            .is_user_verified(true)
            .automatic_presence_simulation(true);
        let params = AddVirtualAuthenticatorParams::new(options.build().unwrap());
        self.page.execute(params).await.unwrap();
    }

    /// Remembers the source of the page, and the session, which must not be seen.
    async fn note(&self) {
        let source = self.page.content().await.unwrap();
        self.browser.seen.lock().unwrap().push(source);
        let cookies = self.cookies().await.into_iter().filter(|cookie| cookie.value.len() >= 30);
        self.browser.secrets.lock().unwrap().extend(cookies.map(|cookie| cookie.value));
    }

    async fn until(&self, what: &str, mut is_so: impl AsyncFnMut() -> bool) {
        let begin = Instant::now();
        while !is_so().await {
            let (url, text) = (self.url().await, self.text().await);
            assert!(begin.elapsed() < PATIENCE, "waited in vain until {what}; at {url} there is:\n{text}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}
