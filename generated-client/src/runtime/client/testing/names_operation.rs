//! How a test names an operation.

use crate::runtime::client::call::Call;
use crate::runtime::client::operation::Operation;

/// Names an operation: the type of its calls, such as `descope::otp::OtpVerifyEmail`, which the method that makes the call
/// returns.
pub trait NamesOperation {
    /// The operation.
    type Operation: Operation;
}

impl<O: Operation, B> NamesOperation for Call<O, B> {
    type Operation = O;
}

impl<O: Operation> NamesOperation for O {
    type Operation = O;
}
