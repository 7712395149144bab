//! What every sign-in ends with: a session.

use super::errors::{ServiceError, invalid, no_user, signed_out};
use super::model::options::SignInOptions;
use super::model::sessions::Session;
use super::model::users::User;
use super::state::Descope;

impl Descope {
    /// Signs a user in, and gives the ID of the new session.
    pub(super) fn sign_in(
        &mut self,
        user_id: &str,
        methods: &[&str],
        options: &SignInOptions,
    ) -> Result<String, ServiceError> {
        self.may_sign_in(Some(user_id), options)?;
        let now = self.now();
        let mut session = self.session_before(Some(user_id), options)?;
        for method in methods {
            if !session.methods.iter().any(|known| known == method) {
                session.methods.push((*method).to_owned());
            }
        }
        if options.mfa && options.earlier.is_some() && !session.methods.iter().any(|known| known == "mfa") {
            session.methods.push("mfa".to_owned());
        }
        if options.step_up && options.earlier.is_some() {
            session.stepped_up_until = now + self.settings.step_up_seconds;
        }
        session.tenant = options.tenant.clone().or(session.tenant);
        session.claims.extend(options.trusted.clone());
        session.client_claims.extend(options.claims.clone());
        session.expires = now + self.settings.refresh_seconds;
        session.generation = 0;
        if options.revokes_others {
            self.sessions.end_all(user_id);
        }
        let user = self.users.known_mut(user_id)?;
        user.history.push((now, session.tenant.clone()));
        if user.status == "invited" {
            user.status = "enabled".to_owned();
        }
        Ok(self.sessions.add(session))
    }

    /// Refuses a sign-in that [`sign_in`](Self::sign_in) refuses. A call that changes something beside the sign-in asks first.
    /// A user who signs up has no ID yet.
    pub(super) fn may_sign_in(
        &self,
        user_id: Option<&str>,
        options: &SignInOptions,
    ) -> Result<(), ServiceError> {
        let user = user_id.map(|id| self.users.get(id).ok_or_else(no_user)).transpose()?;
        if user.is_some_and(|user| user.status == "disabled") {
            return Err(invalid("The user is disabled"));
        }
        if let Some(tenant) = &options.tenant {
            self.may_select(user, tenant)?;
        }
        self.session_before(user_id, options).map(|_| ())
    }

    /// Refuses a tenant that a user doesn't belong to, or that is disabled.
    pub(super) fn may_select(&self, user: Option<&User>, tenant: &str) -> Result<(), ServiceError> {
        if !user.is_some_and(|user| user.tenants.contains_key(tenant)) {
            return Err(invalid("The user doesn't belong to the tenant"));
        }
        if self.directory.is_disabled(tenant) { Err(invalid("The tenant is disabled")) } else { Ok(()) }
    }

    /// The session that a further factor or a step-up continues, or a new one.
    fn session_before(
        &self,
        user_id: Option<&str>,
        options: &SignInOptions,
    ) -> Result<Session, ServiceError> {
        let continued = options.earlier.as_ref().filter(|_| options.mfa || options.step_up);
        let Some(id) = continued else {
            return Ok(Session { subject: user_id.unwrap_or_default().to_owned(), ..Session::default() });
        };
        let earlier = self.sessions.get(id).ok_or_else(|| signed_out("The session has ended"))?;
        match Some(earlier.subject.as_str()) == user_id {
            true => Ok(earlier.clone()),
            false => Err(invalid("The refresh token is another user's")),
        }
    }
}
