//! Declares the calls of operations by their ids.

/// The methods of a client that call operations by their ids, and the entry of the service in the table of services.
#[cfg(feature = "operations")]
macro_rules! by_id {
    () => {
        $crate::runtime::declare::by_id::calls! {}
        $crate::runtime::declare::by_id::without_sending! {}

        /// The service, for programs that handle all services alike.
        pub const SERVICE: &$crate::runtime::ServiceInfo =
            &$crate::runtime::ServiceInfo::new(SPEC, operations);
    };
}

/// The methods that send a request.
#[cfg(feature = "operations")]
macro_rules! calls {
    () => {
        impl<C> Client<C> {
            /// Calls the operation with this id, such as `oauth_exchange`.
            ///
            /// The arguments are given by their names in the API. Those that are no parameters of the operation are
            /// members of its body. A parameter also goes by its place and name, as in `query.locale`; if the body has a
            /// member of the same name, only by that. A whole body has the name `body`, which is needed for bodies that
            /// are no objects.
            ///
            /// Where the operation takes several media types, another body is the object that stands for bytes, with its
            /// `media_type`; where it gives several, `header.Accept` asks for another, which
            /// [`call_operation_raw`](Self::call_operation_raw) gives as it comes.
            ///
            /// What isn't given isn't sent. Null is sent as null where the API accepts it, and refused elsewhere.
            ///
            /// A redirect gives `{"status": .., "location": ..}`. The response is plain JSON, so printing it prints the
            /// secrets in it.
            ///
            /// # Errors
            ///
            /// Those of [`Call::send`](crate::runtime::Call::send). The request is invalid if there is no such
            /// operation, if the operation has no such argument, and if the client lacks the credential.
            pub async fn call_operation(
                &self,
                id: &str,
                arguments: ::serde_json::Map<String, ::serde_json::Value>,
            ) -> Result<::serde_json::Value, Error> {
                $crate::runtime::by_id::call(&self.core, operations, id, arguments).await.map_err(Error::from)
            }

            /// Calls an operation like [`call_operation`](Self::call_operation), and gives the response as it came.
            /// [`OperationInfo::read`](crate::runtime::OperationInfo::read) reads it as the same JSON.
            ///
            /// # Errors
            ///
            /// Those of [`call_operation`](Self::call_operation), save that a response which can't be decoded is no
            /// error.
            pub async fn call_operation_raw(
                &self,
                id: &str,
                arguments: ::serde_json::Map<String, ::serde_json::Value>,
            ) -> Result<$crate::runtime::RawResponse, Error> {
                $crate::runtime::by_id::call_raw(&self.core, operations, id, arguments)
                    .await
                    .map_err(Error::from)
            }

            /// Calls an operation like [`call_operation`](Self::call_operation), and decodes the response as its type.
            ///
            /// # Errors
            ///
            /// Those of [`call_operation`](Self::call_operation).
            pub async fn call_operation_typed(
                &self,
                id: &str,
                arguments: ::serde_json::Map<String, ::serde_json::Value>,
            ) -> Result<$crate::runtime::Decoded, Error> {
                $crate::runtime::by_id::call_typed(&self.core, operations, id, arguments)
                    .await
                    .map_err(Error::from)
            }
        }
    };
}

/// The methods that send nothing.
#[cfg(feature = "operations")]
macro_rules! without_sending {
    () => {
        impl<C> Client<C> {
            /// The pages of the list that the operation with this id gives, beginning with the one that the arguments ask
            /// for. Nothing is sent yet.
            ///
            /// # Errors
            ///
            /// [`ErrorKind::InvalidRequest`](crate::runtime::ErrorKind::InvalidRequest) if there is no such operation, or if it
            /// doesn't give a list in pages.
            pub fn operation_pages(
                &self,
                id: &str,
                arguments: ::serde_json::Map<String, ::serde_json::Value>,
            ) -> Result<
                $crate::runtime::OperationPages<<Client as $crate::runtime::ServiceClient>::Code>,
                Error,
            > {
                $crate::runtime::OperationPages::new(&self.core, operations, id, arguments)
            }

            /// The request that [`call_operation`](Self::call_operation) would send. Nothing is sent.
            ///
            /// # Errors
            ///
            /// [`ErrorKind::InvalidRequest`](crate::runtime::ErrorKind::InvalidRequest) if the request is invalid.
            pub fn prepare_operation(
                &self,
                id: &str,
                arguments: ::serde_json::Map<String, ::serde_json::Value>,
            ) -> Result<$crate::runtime::PreparedRequest, Error> {
                $crate::runtime::by_id::prepare(&self.core, operations, id, arguments).map_err(Error::from)
            }

            /// Decodes a response that was stored or made up, as
            /// [`call_operation_typed`](Self::call_operation_typed) does.
            ///
            /// # Errors
            ///
            /// Those of [`Call::send`](crate::runtime::Call::send) for such a response; the request is invalid if there
            /// is no such operation.
            pub fn read_response(
                id: &str,
                response: $crate::runtime::RawResponse,
            ) -> Result<$crate::runtime::Decoded, Error> {
                $crate::runtime::by_id::read_response(SPEC, operations, id, response).map_err(Error::from)
            }
        }
    };
}

/// Expands to nothing without the feature `operations`: no operation can be called by its id then.
#[cfg(not(feature = "operations"))]
macro_rules! by_id {
    () => {};
}

pub(crate) use by_id;
#[cfg(feature = "operations")]
pub(crate) use {calls, without_sending};
