//! Declares the parameters of operations.

/// Brings the declaration of an operation with its parameters into the canonical form
/// `Name [Body] Service Format [Response] [spec] [(name [Type] required|optional [meta] spec) ...]`, and hands it to
/// each macro of the list.
macro_rules! declare {
    (
        $implemented:tt
        { $($operation:tt)* }
        $(
            $(#$meta:tt)*
            $(($required:ident: $required_type:ty))?
            $($optional:ident: $optional_type:ident $(<$($optional_of:ty),+>)?)?
                = $parameter:expr;
        )*
    ) => {
        $crate::runtime::declare::types::implement! {
            $implemented {
                $($operation)*
                [$((
                    $($required [$required_type] required)?
                    $($optional [$optional_type $(<$($optional_of),+>)?] optional)?
                    [$(#$meta)*] $parameter
                ))*]
            }
        }
    };
}

/// The setters of the optional parameters on the operation's `Call`.
macro_rules! setters {
    ($name:ident $_body:tt $_service:ident $_format:ident $_response:tt $_spec:tt []) => {};
    (
        $name:ident [$($body:ty)?] $_service:ident $_format:ident $_response:tt $_spec:tt
        [$(($parameter:ident $type:tt $presence:ident $meta:tt $spec:expr))*]
    ) => {
        impl $crate::runtime::Call<op::$name $(, $body)?> {
            $($crate::runtime::declare::parameters::setter! { $presence $parameter $type $meta $spec })*
        }
    };
}

/// The setter of a parameter, if it is optional.
macro_rules! setter {
    (required $($_parameter:tt)*) => {};
    (optional $name:ident [Vec<$item:ty>] [$(#$meta:tt)*] $spec:expr) => {
        $(#$meta)*
        pub fn $name(self, values: impl IntoIterator<Item = impl Into<$item>>) -> Self {
            self.argument_list::<$item>($spec.argument, values)
        }
    };
    (optional $name:ident [$type:ty] [$(#$meta:tt)*] $spec:expr) => {
        $(#$meta)*
        pub fn $name(self, value: impl Into<$type>) -> Self {
            self.argument::<$type>($spec.argument, value)
        }
    };
}

/// What the table of operations says of each parameter, as a constant of `Operation`.
#[cfg(feature = "operations")]
macro_rules! listed {
    ($((
        $parameter:ident [$($type:tt)+]
        [$(#[doc(alias = $_alias:literal)])? $(#[doc = $line:expr])* $(#[deprecated])?]
    ))+) => {
        const ARGUMENTS: &'static [$crate::runtime::ArgumentInfo] = &[$($crate::runtime::ArgumentInfo {
            name: stringify!($parameter),
            shape: <$($type)+ as $crate::runtime::Shaped>::shape,
            documentation: concat!($($line, "\n"),*),
        }),+];
    };
    () => {};
}

/// Expands to nothing without the feature `operations`: there is no table of operations then.
#[cfg(not(feature = "operations"))]
macro_rules! listed {
    ($($parameter:tt)*) => {};
}

pub(crate) use {declare, listed, setter, setters};

#[cfg(test)]
#[allow(dead_code, missing_docs, unreachable_pub, reason = "it stands for generated code")]
mod tests {
    use crate::runtime::codegen::*;
    use crate::runtime::declare::testing::assert_tokens;

    #[test]
    fn a_declaration_is_brought_into_its_canonical_form() {
        super::declare! {
            [testing::show]
            { Find [FindRequest] Sample Json [Vec<User>] [Spec::post("find", "/users/{id}")] }
            (id: String) = Parameter::path("id");
            /// How many.
            limit: i64 = Parameter::query("limit");
            tags: Vec<String> = Parameter::query("tags").comma();
        }
        assert_tokens(
            SHOWN,
            r#"Find [FindRequest] Sample Json [Vec<User>] [Spec::post("find", "/users/{id}")]
            [
                (id [String] required [] Parameter::path("id"))
                (limit [i64] optional [#[doc = r" How many."]] Parameter::query("limit"))
                (tags [Vec<String>] optional [] Parameter::query("tags").comma())
            ]"#,
        );
    }

    #[test]
    fn a_call_has_a_setter_for_each_optional_parameter() {
        mod op {
            pub enum Find {}
        }
        super::setters! {
            Find [Value] Sample Json [Value] [Spec::post("find", "/users/{id}")]
            [
                (id [String] required [] Parameter::path("id"))
                (limit [i64] optional [] Parameter::query("limit"))
                (tags [Vec<String>] optional [] Parameter::query("tags"))
            ]
        }
        let _: fn(Call<op::Find, Value>) -> Call<op::Find, Value> = |call| call.limit(7).tags(["a", "b"]);
    }
}
