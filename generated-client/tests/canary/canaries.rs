//! Canaries: texts that stand for secrets and occur nowhere else.

use std::fmt;

/// What a canary looks like. Leaving secrets out must not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `qwhzkcmbtrgx`: a password.
    Letters,
    /// `9173164418237551`: a long number.
    Digits,
    /// `3f0a...`: a code.
    Hex,
    /// `eyJ...`, in three parts: a JWT.
    Jwt,
    /// `048213`: a one-time password.
    Otp,
    /// `somebody@canary.example`.
    Email,
    /// `d189abb0-7bae-498f-bb07-a7d1513c092a`: a refresh token of Nhost.
    Uuid,
    /// `ab "c\d/é+&=`: a password that every encoding changes.
    Marks,
}

pub(crate) const FORMS: [Form; 8] =
    [Form::Letters, Form::Digits, Form::Hex, Form::Jwt, Form::Otp, Form::Email, Form::Uuid, Form::Marks];

/// How many canaries there are of each form; what is made up for one operation may hold as many.
pub(crate) const COUNT: usize = 240;

/// The canary of this number in this form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Canary {
    pub(crate) form: Form,
    pub(crate) number: usize,
}

impl fmt::Debug for Canary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "canary {} ({:?}, `{}`)", self.number, self.form, self.text())
    }
}

impl Canary {
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        (0..COUNT).flat_map(|number| FORMS.map(|form| Self { form, number }))
    }

    pub(crate) fn text(self) -> String {
        let seed = (self.number * FORMS.len() + self.form as usize) as u64 * 2;
        let (one, two) = (scattered(seed), scattered(seed + 1));
        let letters = |mut from: u64, count| -> String {
            let mut letter = || {
                let next = char::from(b'a' + u8::try_from(from % 26).unwrap());
                from /= 26;
                next
            };
            (0..count).map(|_| letter()).collect()
        };
        match self.form {
            Form::Letters => letters(one, 12),
            // Without a zero, so that no one-time password is part of it.
            Form::Digits => format!("{one:020}").replace('0', "7")[..16].to_owned(),
            Form::Hex => format!("{one:016x}{two:016x}"),
            Form::Jwt => {
                format!("eyJ{}4.{}-_7{}.{one:x}", letters(one, 9), letters(two, 12), letters(two, 7))
            }
            // No number that is logged begins with a zero.
            Form::Otp => format!("0{:05}", (self.number as u64 * 7919 + 13) % 100_000),
            Form::Email => format!("{}@canary.example", letters(one, 11)),
            Form::Uuid => format!(
                "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
                one >> 32,
                one & 0xffff,
                two & 0xfff,
                (two >> 12) & 0xfff,
                two >> 16
            ),
            Form::Marks => format!("{} \"{}\\/é+&=%", letters(one, 8), letters(two, 8)),
        }
    }

    /// The canary as a number, where a secret is one.
    pub(crate) fn integer(self) -> i32 {
        1_234_000_000 + i32::try_from(self.number).unwrap() * 4099
    }
}

/// A number without pattern (splitmix64).
fn scattered(number: u64) -> u64 {
    let mut z = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn no_canary_is_part_of_another() {
    let texts: Vec<String> = Canary::all().map(Canary::text).collect();
    for (at, text) in texts.iter().enumerate() {
        assert!(text.chars().count() >= 6);
        assert!(
            texts.iter().skip(at + 1).all(|other| !other.contains(text) && !text.contains(other)),
            "{text}"
        );
    }
}
