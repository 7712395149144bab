// Signs in at a fake of Descope by the official Node SDK, in every way that needs no browser.
//
// The variables DESCOPE_PROJECT_ID, DESCOPE_BASE_URL and DESCOPE_MANAGEMENT_KEY lead to the fake. Each step prints a line.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import descope from '@descope/node-sdk';

const base = process.env.DESCOPE_BASE_URL;
const jane = 'jane@example.com';
let steps = 0;

function step(name, holds = true) {
  assert.ok(holds, name);
  steps += 1;
  console.log(`ok node ${name}`);
}

/** What a call gives; it has to work. */
function given(response) {
  assert.ok(response.ok, JSON.stringify(response.error));
  return response.data;
}

function refused(name, code, response) {
  step(name, !response.ok && response.error.errorCode === code);
}

/** The newest message to an address. */
async function latest(address) {
  const messages = await (await fetch(`${base}/_fake/outbox`)).json();
  return messages.filter((message) => message.to === address).at(-1);
}

function linkToken(link) {
  return new URL(link).searchParams.get('t');
}

/** The code that an authenticator app shows (RFC 6238). */
function shown(secret) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const number = digest.readUInt32BE(digest.at(-1) & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, '0');
}

/** Chooses the first account on a provider's page, and gives the code that the application gets. */
async function choose(page) {
  const html = await (await fetch(page)).text();
  let url = new URL(html.match(/href="([^"]+)"/)[1].replaceAll('&amp;', '&'), page);
  while (url.href.startsWith(base)) {
    const response = await fetch(url, { redirect: 'manual' });
    url = new URL(response.headers.get('location'));
  }
  return url.searchParams.get('code');
}

const client = descope({
  projectId: process.env.DESCOPE_PROJECT_ID,
  managementKey: process.env.DESCOPE_MANAGEMENT_KEY,
  baseUrl: base,
});

given(await client.otp.signUpOrIn.email(jane));
refused('a wrong code is refused', 'E061102', await client.otp.verify.email(jane, 'no'));
const session = given(await client.otp.verify.email(jane, (await latest(jane)).code));
step('one-time code', session.firstSeen);
const { sessionJwt, refreshJwt, user } = session;
step('validate', (await client.validateSession(sessionJwt)).token.sub === user.userId);
step('refresh', (await client.refreshSession(refreshJwt)).token.sub === user.userId);
step('validate and refresh', (await client.validateAndRefreshSession(sessionJwt, refreshJwt)).token.sub === user.userId);
step('me', given(await client.me(refreshJwt)).email === jane);

given(await client.magicLink.signIn.email(jane, 'https://app.example.com/link'));
step('magic link', given(await client.magicLink.verify(linkToken((await latest(jane)).link))).sessionJwt);

const pending = given(await client.enchantedLink.signIn(jane, 'https://app.example.com/link'));
given(await client.enchantedLink.verify(linkToken((await latest(jane)).link)));
step('enchanted link', given(await client.enchantedLink.waitForSession(pending.pendingRef)).sessionJwt);

given(await client.password.signUp('john@example.com', 'Correct-horse-7'));
refused('a wrong password', 'E062903', await client.password.signIn('john@example.com', 'Wrong-horse-7'));
step('password', given(await client.password.signIn('john@example.com', 'Correct-horse-7')).sessionJwt);

const { key } = given(await client.totp.signUp('app@example.com'));
step('authenticator app', given(await client.totp.verify('app@example.com', shown(key))).sessionJwt);

const social = given(await client.oauth.start('google', 'https://app.example.com/callback'));
step('social login', given(await client.oauth.exchange(await choose(social.url))).firstSeen);

given(await client.management.tenant.createWithId('acme', 'Acme'));
const sso = given(await client.sso.start('acme', 'https://app.example.com/callback'));
const federated = given(await client.sso.exchange(await choose(sso.url)));
const claims = (await client.validateSession(federated.sessionJwt)).token;
step('single sign-on', 'acme' in claims.tenants);

given(await client.management.permission.create('read'));
given(await client.management.role.create('reader', '', ['read']));
given(await client.management.user.addRoles(jane, ['reader']));
const granted = await client.refreshSession(refreshJwt);
step('roles', client.validatePermissions(granted, ['read']) && client.validateRoles(granted, ['reader']));

const made = given(await client.management.accessKey.create('nightly', 0, ['reader']));
step('access key', (await client.exchangeAccessKey(made.cleartext)).token.sub === made.key.id);

given(await client.management.user.createTestUser('test@example.com', { email: 'test@example.com' }));
const test = given(await client.management.user.generateOTPForTestUser('email', 'test@example.com'));
step('test user', given(await client.otp.verify.email('test@example.com', test.code)).sessionJwt);

given(await client.logout(refreshJwt));
await assert.rejects(client.refreshSession(refreshJwt));
step('a refresh after the logout is refused');
console.log(`${steps} steps of the Node SDK`);
