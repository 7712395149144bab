//! What a session may do, in the project and in tenants.

use crate::signers::{rsa, session, sessions};
use generated_client::sessions::{Missing, descope::Claims};
use serde_json::{Value, json};

async fn claims(claims: Value) -> Claims {
    let members = claims.as_object().unwrap().clone();
    let token = members.into_iter().fold(session(), |token, (name, value)| token.claim(&name, value));
    sessions().validate(&token.sign(&rsa()).unwrap()).await.unwrap()
}

#[tokio::test]
async fn roles_and_permissions_of_the_project() {
    let claims = claims(json!({
        "roles": ["admin", "editor", 5, null],
        "permissions": ["read"],
        "tenants": {"T1": {"roles": ["owner"], "permissions": ["pay"]}},
    }))
    .await;
    assert!(claims.has_role("admin") && !claims.has_role("Admin") && !claims.has_role("owner"));
    assert!(claims.has_permission("read") && !claims.has_permission("pay") && !claims.has_permission(""));
    let project = claims.project();
    assert!(project.has_all_roles(["editor", "admin"]) && !project.has_all_roles(["admin", "owner"]));
    assert!(project.has_any_role(["owner", "admin"]) && !project.has_any_role(["owner"]));
    assert_eq!(project.matched_roles(["owner", "editor", "admin"]), ["editor", "admin"]);
    assert_eq!(project.matched_permissions(["pay", "read"]), ["read"]);
    let none: [&str; 0] = [];
    assert!(project.has_all_roles(none) && project.has_all_permissions(none));
    assert!(!project.has_any_role(none) && !project.has_any_permission(none));
    assert!(project.is_associated());
}

#[tokio::test]
async fn the_error_names_the_missing_grants() {
    let claims = claims(json!({"roles": ["editor"], "tenants": {"T1": {}}})).await;
    claims.require_role("editor").unwrap();
    let forbidden = claims.project().require_all_roles(["admin", "editor", "owner"]).unwrap_err();
    assert_eq!(forbidden.missing, Missing::Roles(vec!["admin".into(), "owner".into()]));
    assert_eq!(forbidden.to_string(), "the session lacks the roles `admin` `owner`");
    assert_eq!(forbidden.status(), 403);
    assert_eq!(forbidden.www_authenticate(), r#"Bearer error="insufficient_scope""#);
    let forbidden = claims.tenant("T1").require_permission("pay").unwrap_err();
    assert_eq!(forbidden.to_string(), "the session lacks the permissions `pay` in the tenant `T1`");
    let forbidden = claims.tenant("T2").require_any_role(["a", "b"]).unwrap_err();
    assert_eq!(forbidden.missing, Missing::Tenant);
    assert_eq!(forbidden.to_string(), "the user does not belong to the tenant `T2`");
    let forbidden = claims.project().require_any_permission(["a", "b"]).unwrap_err();
    assert_eq!(forbidden.to_string(), "the session has none of the permissions `a` `b`");
    claims.require_permission("x").unwrap_err();
}

/// Where the roles of a tenant are looked for.
#[tokio::test]
async fn roles_in_a_tenant() {
    let listed =
        json!({"T1": {"roles": ["r"], "permissions": ["p"], "more": 1}, "T2": {}, "T3": null, "T4": 5});
    // The claims, the tenant, whether the user belongs to it, and whether the role is granted there.
    for (given, tenant, is_associated, is_granted) in [
        (json!({"tenants": listed}), "T1", true, true),
        (json!({"tenants": listed}), "T2", true, false),
        (json!({"tenants": listed}), "T3", false, false),
        (json!({"tenants": listed}), "T4", false, false),
        (json!({"tenants": listed}), "t1", false, false),
        (json!({"tenants": listed}), "", false, false),
        // The roles of the project are no roles of a tenant.
        (json!({"tenants": listed, "roles": ["r"]}), "T2", true, false),
        (json!({"roles": ["r"]}), "T1", false, false),
        // Without `tenants`, the lists at the top are those of the selected tenant.
        (json!({"dct": "T1", "roles": ["r"]}), "T1", true, true),
        (json!({"dct": "T1", "tenants": null, "roles": ["r"]}), "T1", true, true),
        (json!({"dct": "T1", "roles": ["r"]}), "T2", false, false),
        // With `tenants`, even an empty one or one of the wrong type, they aren't.
        (json!({"dct": "T1", "tenants": {}, "roles": ["r"]}), "T1", true, false),
        (json!({"dct": "T1", "tenants": [], "roles": ["r"]}), "T1", true, false),
        (json!({"dct": "T1", "tenants": {"T1": {"roles": ["x"]}}, "roles": ["r"]}), "T1", true, false),
        // The wrong type selects and grants nothing.
        (json!({"dct": 5, "roles": ["r"]}), "5", false, false),
        (json!({"dct": "", "roles": ["r"]}), "", false, false),
        (json!({"tenants": {"T1": {"roles": "r"}}}), "T1", true, false),
        (json!({"tenants": {"T1": {"roles": {"r": true}}}}), "T1", true, false),
        (json!({"tenants": {"": {"roles": ["r"]}}}), "", false, false),
    ] {
        let claims = claims(given.clone()).await;
        let grants = claims.tenant(tenant);
        assert_eq!(grants.is_associated(), is_associated, "{given} {tenant:?}");
        assert_eq!(grants.has_role("r"), is_granted, "{given} {tenant:?}");
        assert_eq!(grants.require_role("r").is_ok(), is_granted, "{given} {tenant:?}");
        let none: [&str; 0] = [];
        assert_eq!(grants.has_all_roles(none), is_associated, "{given} {tenant:?}");
    }
}

#[tokio::test]
async fn tenants_are_listed() {
    let of = |given| async { claims(given).await.tenants().map(str::to_owned).collect::<Vec<_>>() };
    assert_eq!(of(json!({"tenants": {"T2": {}, "T1": {"roles": []}, "T3": null}})).await, ["T1", "T2"]);
    assert_eq!(of(json!({"dct": "T1"})).await, ["T1"]);
    assert_eq!(of(json!({"dct": "T1", "tenants": {"T1": {}}})).await, ["T1"]);
    assert!(of(json!({})).await.is_empty());
    assert_eq!(claims(json!({"dct": "T1"})).await.current_tenant(), Some("T1"));
}
