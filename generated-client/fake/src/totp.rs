//! The codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of 30 seconds.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Builder, Secret, Totp};

/// A new secret, in base 32.
pub(crate) fn new_secret() -> String {
    Secret::generate().to_base32()
}

/// The URL that an authenticator app takes the secret from.
pub(crate) fn url(secret: &str, issuer: &str, account: &str) -> String {
    totp(secret, issuer, account).and_then(|totp| totp.to_url().ok()).unwrap_or_default()
}

/// The URL as a picture, which is a URL with the picture in it.
pub(crate) fn image(secret: &str, issuer: &str, account: &str) -> String {
    let picture = picture(&url(secret, issuer, account)).unwrap_or_default();
    format!("data:image/png;base64,{}", BASE64_STANDARD.encode(picture))
}

/// How many pixels a module of the picture is wide.
const SCALE: i32 = 4;

/// The QR code of a text, as a PNG.
fn picture(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    // Four modules around the code stay white.
    let width = (code.size() + 8) * SCALE;
    let is_dark = |x: i32, y: i32| code.get_module(x / SCALE - 4, y / SCALE - 4);
    let shade = |x: i32, y: i32| if is_dark(x, y) { 0 } else { u8::MAX };
    let pixels: Vec<u8> = (0..width).flat_map(|y| (0..width).map(move |x| shade(x, y))).collect();
    let mut file = Vec::new();
    let side = u32::try_from(width).ok()?;
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
    Some(file)
}

/// The step in which the app shows a code, if that is the one of this time, or the one before or after it.
pub(crate) fn step(secret: &str, code: &str, seconds: u64) -> Option<u64> {
    totp(secret, "fake", "user")?.check(code, seconds)
}

/// The code that an authenticator app shows at this time, in seconds since the beginning of 1970. None if the secret isn't in
/// base 32, or is too short.
#[must_use]
pub fn totp_code(secret: &str, seconds: u64) -> Option<String> {
    totp(secret, "fake", "user").map(|totp| totp.generate(seconds).to_string())
}

fn totp(secret: &str, issuer: &str, account: &str) -> Option<Totp> {
    let builder = Builder::new().with_secret(Secret::try_from_base32(secret).ok()?);
    // A colon stands between the issuer and the account.
    let (issuer, account) = (issuer.replace(':', " "), account.replace(':', " "));
    builder.with_issuer(Some(issuer)).with_account_name(account).build().ok()
}

#[cfg(test)]
mod tests {
    use super::{image, new_secret, step, totp_code, url};

    /// The secret of the RFC's test vectors, whose codes have eight digits there.
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (2_000_000_000, "279037")] {
            assert_eq!(totp_code(RFC, seconds).unwrap(), code);
            for (other, is_right) in [(0, true), (30, true), (60, false)] {
                let found = step(RFC, code, seconds + other);
                assert_eq!(found, is_right.then_some(seconds / 30), "{seconds} + {other}");
            }
        }
    }

    #[test]
    fn an_app_can_read_the_url() {
        let secret = new_secret();
        let url = url(&secret, "fake: one", "ada@example.com");
        assert!(url.starts_with("otpauth://totp/"), "{url}");
        assert!(url.contains(&format!("secret={secret}")), "{url}");
        assert!(image(&secret, "fake", "ada@example.com").starts_with("data:image/png;base64,iVBOR"));
    }
}
