//! Whose tokens are accepted: those of the project.

/// Whether an issuer is the project with this ID.
///
/// The issuer is the ID itself, or a URL whose last or next-to-last segment is the ID. A template of the project decides
/// which of the forms it has:
///
/// - `{project}`
/// - `https://api.descope.com/{project}`
/// - `https://api.descope.com/v1/apps/{project}`
/// - `https://api.descope.com/{project}/{application}`
/// - `https://auth.example.com/v1/apps/agentic/{project}/{server}`
///
/// The host isn't looked at, since it is another one in each region and for each custom domain; that the token is the
/// project's is known from the key. Empty segments don't count.
pub(super) fn is_of_project(issuer: &str, project: &str) -> bool {
    if project.is_empty() {
        return false;
    }
    let path = match issuer.split_once("://") {
        Some((_, rest)) => {
            let end = rest.find(['?', '#']).unwrap_or(rest.len());
            rest.get(..end).and_then(|rest| rest.split_once('/')).map_or("", |(_, path)| path)
        }
        None => issuer,
    };
    path.rsplit('/').filter(|segment| !segment.is_empty()).take(2).any(|segment| segment == project)
}

#[cfg(test)]
mod tests {
    use super::is_of_project;

    const PROJECT: &str = "P2aAc4T2V93bddihGEx2Ryhc8e5Z";

    #[test]
    fn every_form_that_exists_is_accepted() {
        for issuer in [
            "{}",
            "/{}/",
            "https://api.descope.com/{}",
            "https://api.descope.com/{}/",
            "https://api.descope.com//{}",
            "https://api.descope.com/v1/apps/{}",
            "https://api.euc1.descope.com/{}/SSO1",
            "https://auth.example.com/v1/apps/agentic/{}/MS2",
            "https://api.descope.com/{}?x=1#y",
        ] {
            assert!(is_of_project(&issuer.replace("{}", PROJECT), PROJECT), "{issuer}");
        }
    }

    #[test]
    fn whatever_else_is_refused() {
        for issuer in [
            "",
            "/",
            "https://api.descope.com",
            "https://api.descope.com/",
            "https://api.descope.com/P2other",
            "https://{}/a/b",
            "https://{}",
            "https://api.descope.com/{}/a/b",
            "https://api.descope.com/?x=/{}",
            "https://api.descope.com/a#/{}",
            "https://api.descope.com/{}x",
            "https://api.descope.com/x{}",
        ] {
            assert!(!is_of_project(&issuer.replace("{}", PROJECT), PROJECT), "{issuer}");
        }
        assert!(!is_of_project(&PROJECT.to_lowercase(), PROJECT));
        assert!(!is_of_project("", ""));
        assert!(!is_of_project("//", ""));
    }
}
