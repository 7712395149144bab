"""Signs in at a fake of Descope by the official Python SDK, in every way that needs no browser.

The variables DESCOPE_PROJECT_ID, DESCOPE_BASE_URL and DESCOPE_MANAGEMENT_KEY lead to the fake. Each step prints a line.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import struct
import time
import urllib.error
import urllib.parse
import urllib.request

from descope import AuthException, DeliveryMethod, DescopeClient

BASE = os.environ["DESCOPE_BASE_URL"]
JANE = "jane@example.com"
steps = 0


def step(name, holds=True):
    """Notes that a step works."""
    global steps
    assert holds, name
    steps += 1
    print(f"ok python {name}")


def refused(name, code, call):
    """Notes that a call is refused with this code."""
    try:
        call()
    except AuthException as error:
        step(name, code in str(error) or code in str(error.error_message))
        return
    raise AssertionError(name)


def latest(address):
    """The newest message to an address."""
    with urllib.request.urlopen(f"{BASE}/_fake/outbox") as response:
        return [message for message in json.load(response) if message["to"] == address][-1]


def link_token(link):
    return urllib.parse.parse_qs(urllib.parse.urlparse(link).query)["t"][0]


def shown(secret):
    """The code that an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


class Stays(urllib.request.HTTPRedirectHandler):
    """Follows redirects within the fake alone."""

    def redirect_request(self, request, response, code, message, headers, url):
        if url.startswith(BASE):
            return super().redirect_request(request, response, code, message, headers, url)
        raise urllib.error.HTTPError(url, code, message, headers, response)


def choose(page):
    """Chooses the first account on a provider's page, and gives the code that the application gets."""
    with urllib.request.urlopen(page) as response:
        href = re.search(r'href="([^"]+)"', response.read().decode()).group(1).replace("&amp;", "&")
    try:
        urllib.request.build_opener(Stays).open(urllib.parse.urljoin(page, href))
    except urllib.error.HTTPError as error:
        return urllib.parse.parse_qs(urllib.parse.urlparse(error.url).query)["code"][0]
    raise AssertionError("the provider sends the browser back to the application")


client = DescopeClient(
    project_id=os.environ["DESCOPE_PROJECT_ID"],
    management_key=os.environ["DESCOPE_MANAGEMENT_KEY"],
    base_url=BASE,
)

client.otp.sign_up_or_in(DeliveryMethod.EMAIL, JANE)
refused("a wrong code is refused", "E061102", lambda: client.otp.verify_code(DeliveryMethod.EMAIL, JANE, "no"))
session = client.otp.verify_code(DeliveryMethod.EMAIL, JANE, latest(JANE)["code"])
step("one-time code", session["firstSeen"])
jwt, refresh = session["sessionToken"]["jwt"], session["refreshSessionToken"]["jwt"]
step("validate", client.validate_session(jwt)["sub"] == session["userId"])
step("refresh", client.refresh_session(refresh)["sessionToken"]["sub"] == session["userId"])
step("validate and refresh", "sessionToken" in client.validate_and_refresh_session(jwt, refresh))
step("me", client.me(refresh)["email"] == JANE)
step("history", client.history(refresh))

client.magiclink.sign_in(DeliveryMethod.EMAIL, JANE, "https://app.example.com/link")
session = client.magiclink.verify(link_token(latest(JANE)["link"]))
step("magic link", not session["firstSeen"])

pending = client.enchantedlink.sign_in(JANE, "https://app.example.com/link")
refused("a pending link is refused", "E062503", lambda: client.enchantedlink.get_session(pending["pendingRef"]))
client.enchantedlink.verify(link_token(latest(JANE)["link"]))
step("enchanted link", "sessionToken" in client.enchantedlink.get_session(pending["pendingRef"]))

client.password.sign_up("john@example.com", "Correct-horse-7")
refused("a wrong password", "E062903", lambda: client.password.sign_in("john@example.com", "Wrong-horse-7"))
step("password", "sessionToken" in client.password.sign_in("john@example.com", "Correct-horse-7"))

key = client.totp.sign_up("app@example.com")["key"]
step("authenticator app", "sessionToken" in client.totp.sign_in_code("app@example.com", shown(key)))

code = choose(client.oauth.start("google", "https://app.example.com/callback")["url"])
step("social login", client.oauth.exchange_token(code)["firstSeen"])

client.mgmt.tenant.create("Acme", "acme")
code = choose(client.sso.start("acme", "https://app.example.com/callback")["url"])
session = client.sso.exchange_token(code)
step("single sign-on", "acme" in session["sessionToken"]["tenants"])

client.mgmt.permission.create("read")
client.mgmt.role.create("reader", permission_names=["read"])
client.mgmt.user.add_roles(JANE, ["reader"])
granted = client.refresh_session(refresh)["sessionToken"]
step("roles", client.mgmt.user.load(JANE)["user"]["roleNames"] == ["reader"] and granted["permissions"] == ["read"])

made = client.mgmt.access_key.create("nightly", role_names=["reader"])
traded = client.exchange_access_key(made["cleartext"])
step("access key", traded["sessionToken"]["sub"] == made["key"]["id"])

client.mgmt.user.create_test_user("test@example.com", email="test@example.com")
made = client.mgmt.user.generate_otp_for_test_user(DeliveryMethod.EMAIL, "test@example.com")
verified = client.otp.verify_code(DeliveryMethod.EMAIL, "test@example.com", made["code"])
step("test user", "sessionToken" in verified)

client.logout(refresh)
refused("a refresh after the logout", "E064001", lambda: client.refresh_session(refresh))
print(f"{steps} steps of the Python SDK")
