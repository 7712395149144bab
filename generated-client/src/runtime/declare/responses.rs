//! Declares the responses of operations that succeed in several ways.

/// Declares an enum of responses, each with its status or with a range of statuses. Ranges stand after all single statuses.
///
/// ```text
/// responses! {
///     /// What the operation responds with.
///     pub enum ReportResponse {
///         /// The report.
///         Ok(Json<Report>) = 200,
///         /// There is none.
///         NoContent = 204,
///         /// Any other redirect.
///         Redirected = 3XX,
///     }
/// }
/// ```
macro_rules! responses {
    ($($declared:tt)*) => {
        $crate::runtime::declare::responses::declare! {
            [responses::structure, responses::from_status] $($declared)*
        }
    };
}

/// Brings the declaration into the canonical form `Name [meta] [(Variant [Format Type] status [meta]) ...]`, and hands
/// it to each macro of the list. The brackets of a response without a body are empty.
macro_rules! declare {
    (
        $implemented:tt
        $(#$meta:tt)*
        pub enum $name:ident {
            $($(#$variant_meta:tt)* $variant:ident $(($format:ident<$type:ty>))? = $status:tt),* $(,)?
        }
    ) => {
        $crate::runtime::declare::types::implement! {
            $implemented { $name [$(#$meta)*] [$(($variant [$($format $type)?] $status [$(#$variant_meta)*]))*] }
        }
    };
}

/// The enum itself.
macro_rules! structure {
    (
        $name:ident [$(#$meta:tt)*]
        [$(($variant:ident [$($_format:ident $type:ty)?] $_status:tt [$(#$variant_meta:tt)*]))*]
    ) => {
        $(#$meta)*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $($(#$variant_meta)* $variant $(($type))?,)*
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $($crate::runtime::declare::responses::show! { self f $variant $($type)? })*
                Ok(())
            }
        }
    };
}

/// Shows a variant, with free-form JSON as an outline.
macro_rules! show {
    ($self:ident $f:ident $variant:ident) => {
        #[allow(irrefutable_let_patterns, reason = "there may be one variant")]
        if let Self::$variant = $self {
            return $f.write_str(stringify!($variant));
        }
    };
    ($self:ident $f:ident $variant:ident $type:ty) => {
        #[allow(irrefutable_let_patterns, reason = "there may be one variant")]
        if let Self::$variant(value) = $self {
            return $crate::runtime::safe_debug::write_variant($f, stringify!($variant), value);
        }
    };
}

/// `FromStatus`, which reads the response in the format that belongs to its status.
macro_rules! from_status {
    ($name:ident $_meta:tt [$(($variant:ident $format:tt $status:tt $_variant_meta:tt))*]) => {
        impl $crate::runtime::FromStatus for $name {
            #[inline]
            fn from_status(
                raw: &$crate::runtime::RawResponse,
            ) -> Result<Self, $crate::runtime::DecodeError> {
                match raw.status().as_u16() {
                    $(
                        $crate::runtime::declare::responses::status!($status) =>
                            $crate::runtime::declare::responses::read!(raw, $variant $format),
                    )*
                    _ => raw.unexpected(),
                }
            }

            $crate::runtime::declare::responses::listed! { $([$format $status])* }
        }
    };
}

/// The pattern of a status or a range.
macro_rules! status {
    (2XX) => {
        200..=299
    };
    (3XX) => {
        300..=399
    };
    ($status:literal) => {
        $status
    };
}

/// The functions of `FromStatus` that the table of operations uses.
#[cfg(feature = "operations")]
macro_rules! listed {
    ($([$format:tt $status:tt])*) => {
        #[inline]
        fn shapes() -> Vec<(&'static str, $crate::runtime::Shape)> {
            vec![$((stringify!($status), $crate::runtime::declare::responses::in_format!($format shape()))),*]
        }

        #[inline]
        fn read_value(
            raw: &$crate::runtime::RawResponse,
        ) -> Result<::serde_json::Value, $crate::runtime::DecodeError> {
            match raw.status().as_u16() {
                $(
                    $crate::runtime::declare::responses::status!($status) =>
                        $crate::runtime::declare::responses::in_format!($format read_value(raw)),
                )*
                _ => raw.unexpected(),
            }
        }

        #[inline]
        fn read_typed(
            raw: &$crate::runtime::RawResponse,
        ) -> Result<$crate::runtime::Decoded, $crate::runtime::DecodeError> {
            match raw.status().as_u16() {
                $(
                    $crate::runtime::declare::responses::status!($status) =>
                        $crate::runtime::declare::responses::in_format!($format read_typed(raw)),
                )*
                _ => raw.unexpected(),
            }
        }
    };
}

/// Expands to nothing without the feature `operations`: there is no table of operations then.
#[cfg(not(feature = "operations"))]
macro_rules! listed {
    ($($response:tt)*) => {};
}

/// Reads one of the responses in its format.
macro_rules! read {
    ($raw:ident, $variant:ident []) => {
        Ok(Self::$variant)
    };
    ($raw:ident, $variant:ident [$format:ident $type:ty]) => {
        <$crate::runtime::$format as $crate::runtime::ResponseFormat<$type>>::read($raw).map(Self::$variant)
    };
}

/// Calls a function of the format of one of the responses.
#[cfg(feature = "operations")]
macro_rules! in_format {
    ([] $($call:tt)*) => {
        <$crate::runtime::Empty as $crate::runtime::ResponseFormat<()>>::$($call)*
    };
    ([$format:ident $type:ty] $($call:tt)*) => {
        <$crate::runtime::$format as $crate::runtime::ResponseFormat<$type>>::$($call)*
    };
}

#[cfg(feature = "operations")]
pub(crate) use in_format;
pub(crate) use {declare, from_status, listed, read, responses, show, status, structure};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::declare::testing::assert_tokens;

    #[test]
    fn a_declaration_is_brought_into_its_canonical_form() {
        super::declare! {
            [testing::show]
            /// What comes back.
            pub enum ReportResponse {
                /// The report.
                Ok(Json<Report>) = 200,
                NoContent = 204,
            }
        }
        assert_tokens(
            SHOWN,
            r#"ReportResponse [#[doc = r" What comes back."]]
            [(Ok [Json Report] 200 [#[doc = r" The report."]]) (NoContent [] 204 [])]"#,
        );
    }

    #[cfg(feature = "operations")]
    #[test]
    fn each_status_has_its_shape() {
        use crate::runtime::codegen::*;
        use crate::runtime::{Redirect, Shape};

        responses! {
            pub enum Done {
                Report(Json<Value>) = 200,
                Nothing = 204,
                Moved(Location<Redirect>) = 302,
                Redirected = 3XX,
            }
        }
        assert_eq!(
            Done::shapes(),
            [("200", Shape::Any), ("204", Shape::Nothing), ("302", Shape::Redirect), ("3XX", Shape::Nothing)]
        );
        assert_ne!(Done::Nothing, Done::Report(Value::Null));
    }
}
