// People of the embedded identity provider, made without a browser: for the browser tests, the checks from outside and
// the benchmarks.
import { randomUUID } from 'node:crypto';

/** The client of programs that the embedded provider knows. */
export const programs = 'lyceum';

/**
 * What a person needs to sign in.
 * @typedef {{ givenName: string, familyName: string, email: string, password: string }} Person
 */

/** @typedef {{ to: string, subject: string, text: string, sent_at: string }} Mail */

/**
 * @param {string} [givenName]
 * @param {string} [familyName]
 * @returns {Person}
 */
export function newPerson(givenName = 'Zofia', familyName = 'Nowak') {
  return { givenName, familyName, email: `${randomUUID()}@study.example`, password: 'Long-Enough-1!' };
}

/**
 * A request to the provider's JSON API, as boto3 makes it.
 * @param {string} operation
 * @param {unknown} input
 * @returns {{ method: 'POST', headers: Record<string, string>, body: string }}
 */
export function identityRequest(operation, input) {
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  };
}

/**
 * The answer to a call of the provider's JSON API; throws when it is refused.
 * @param {string} url of the server
 * @param {string} operation
 * @param {unknown} input
 * @returns {Promise<any>}
 */
export async function identityCall(url, operation, input) {
  const answer = await fetch(`${url}/identity/`, identityRequest(operation, input));
  if (!answer.ok) throw new Error(`${operation} answers ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/**
 * The mails to an address, the newest first.
 * @param {string} url
 * @param {string} to
 * @returns {Promise<Mail[]>}
 */
export async function mails(url, to) {
  const answer = await fetch(`${url}/identity/outbox?to=${encodeURIComponent(to)}`, {
    headers: { accept: 'application/json' },
  });
  if (!answer.ok) throw new Error(`the outbox answers ${answer.status}`);
  return answer.json();
}

/**
 * The link in the newest mail to an address.
 * @param {string} url
 * @param {string} to
 * @returns {Promise<string>}
 */
export async function confirmationLink(url, to) {
  const link = /https?:\/\/\S+\/identity\/confirm\/\S+/.exec((await mails(url, to))[0]?.text ?? '')?.[0];
  if (!link) throw new Error(`no mail to ${to} has a confirmation link`);
  return link;
}

/**
 * The call that signs a person up.
 * @param {Person} person
 * @param {string} [clientId]
 */
export function signUpInput({ givenName, familyName, email, password }, clientId = programs) {
  return {
    ClientId: clientId,
    Username: email,
    Password: password,
    UserAttributes: [
      { Name: 'email', Value: email },
      { Name: 'given_name', Value: givenName },
      { Name: 'family_name', Value: familyName },
    ],
  };
}

/**
 * The call that signs a person in by password.
 * @param {Person} person
 * @param {string} [clientId]
 */
export function signInInput({ email, password }, clientId = programs) {
  return {
    ClientId: clientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  };
}

/**
 * Signs the person up and confirms them.
 * @param {string} url
 * @param {Person} person
 * @param {string} [clientId]
 */
export async function registerIdentity(url, person, clientId = programs) {
  await identityCall(url, 'SignUp', signUpInput(person, clientId));
  // The link's token may hold six digits too, but never between two characters of no word.
  const code = /(?<![\w-])\d{6}(?![\w-])/.exec((await mails(url, person.email))[0]?.text ?? '')?.[0];
  await identityCall(url, 'ConfirmSignUp', { ClientId: clientId, Username: person.email, ConfirmationCode: code });
}

/**
 * ID and access token of a confirmed person, as a program gets them.
 * @param {string} url
 * @param {Person} person
 * @param {string} [clientId]
 * @returns {Promise<{ idToken: string, accessToken: string }>}
 */
export async function tokens(url, person, clientId = programs) {
  const { AuthenticationResult: result } = await identityCall(url, 'InitiateAuth', signInInput(person, clientId));
  return { idToken: result.IdToken, accessToken: result.AccessToken };
}

/**
 * Registers the token's person with the app, as a program does at its first call.
 * @param {string} url
 * @param {string} idToken
 */
export async function registerUser(url, idToken) {
  const headers = { authorization: `Bearer ${idToken}` };
  const answer = await fetch(`${url}/api/register-user`, { method: 'POST', headers });
  if (!answer.ok) throw new Error(`register-user answers ${answer.status}: ${await answer.text()}`);
}
