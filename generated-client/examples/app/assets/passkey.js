// The browser's part of a passkey: it asks the server what to make or to sign, lets the user do it, and sends the result.
"use strict";

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const result = await response.json();
  if (!response.ok) throw new Error(result.words);
  return result;
}

async function passkey(path, email) {
  const started = await post(`${path}/start`, { email });
  const credential = started.create
    ? await navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(started.options),
      })
    : await navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(started.options),
      });
  const finished = await post(`${path}/finish`, credential.toJSON());
  location.assign(finished.next ?? "/account");
}

function run(path, email) {
  const failure = document.getElementById("failure");
  failure.hidden = true;
  passkey(path, email).catch((error) => {
    failure.textContent = error instanceof DOMException ? "No passkey was used. Please try again." : error.message;
    failure.hidden = false;
  });
}

for (const button of document.querySelectorAll("button[data-passkey]")) {
  button.addEventListener("click", () => run(button.dataset.passkey));
}
for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form.dataset.passkey, new FormData(form).get("email"));
  });
}
