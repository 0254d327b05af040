// Drives the provider with npm's openid-client: discovery, code + PKCE through the hosted pages, refresh, userInfo,
// revocation. LYCEUM_URL names the server.
import * as client from 'openid-client';
import { newPerson } from '../../identity.mjs';
import { Browser, base, clientId, must, poolId, redirectUri, signUp } from './hosted_pages.mjs';

const issuer = new URL(`${base}/identity/${poolId}`);
const config = await client.discovery(issuer, clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
});
must(config.serverMetadata().issuer === issuer.href, `the issuer is ${config.serverMetadata().issuer}`);
must(config.serverMetadata().supportsPKCE(), 'the provider does not announce PKCE');

async function request(extra = {}) {
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const url = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...extra,
    });
    return { url, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true } };
}

const person = newPerson('Grace', 'Hopper');
const { email, password } = person;
const browser = new Browser();
const first = await request();
await signUp(browser, first.url, person);
const callback = await browser.submit({ email, password });
must(callback.href.startsWith(redirectUri), `sign-in led to ${callback.href}`);
const tokens = await client.authorizationCodeGrant(config, callback, first.checks);
const claims = tokens.claims();
must(claims.email === email && claims.email_verified === true, 'the ID token lacks the email address');
must(claims.given_name === 'Grace' && claims.family_name === 'Hopper', 'the ID token lacks the names');
must(claims['cognito:username'] === claims.sub && claims.token_use === 'id', 'the ID token is not as Cognito writes it');

const info = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
must(info.email === email && info.username === claims.sub, 'userInfo lacks the email address or the user name');

const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token);
must(refreshed.claims().auth_time === claims.auth_time, 'a refresh changed auth_time');
must(refreshed.claims().origin_jti === claims.origin_jti, 'a refresh changed origin_jti');
must(refreshed.access_token !== tokens.access_token, 'a refresh gave the same access token');

const silent = await request({ prompt: 'none' });
const silently = await browser.visit(silent.url);
must(silently.searchParams.get('code'), `a second sign-in asked for a form: ${silently.href}`);
await client.authorizationCodeGrant(config, silently, { ...silent.checks, maxAge: 600 });

async function refused(what, promise, code) {
    try {
        await promise;
    } catch (error) {
        must(code(error), `${what} was refused with ${error.error ?? error.status ?? error}`);
        return;
    }
    must(false, `${what} was not refused`);
}
await refused('a code used twice', client.authorizationCodeGrant(config, silently, silent.checks), (error) => error.error === 'invalid_grant');
await client.tokenRevocation(config, tokens.refresh_token);
await refused('a revoked refresh token', client.refreshTokenGrant(config, tokens.refresh_token), (error) => error.error === 'invalid_grant');
await refused('userInfo after revocation', client.fetchUserInfo(config, tokens.access_token, claims.sub), (error) =>
    (error.status ?? error.cause?.status ?? 401) === 401);
const nobody = await new Browser().visit((await request({ prompt: 'none' })).url);
must(nobody.searchParams.get('error') === 'login_required', `prompt=none answered ${nobody.href}`);

// A confidential client, when its secret is given.
const { LYCEUM_WEB_CLIENT_ID: webId = 'lyceum-web', LYCEUM_WEB_CLIENT_SECRET: secret } = process.env;
if (secret) {
    for (const authentication of [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]) {
        const web = await client.discovery(issuer, webId, undefined, authentication, { execute: [client.allowInsecureRequests] });
        const verifier = client.randomPKCECodeVerifier();
        const url = client.buildAuthorizationUrl(web, {
            redirect_uri: redirectUri,
            scope: 'openid',
            code_challenge: await client.calculatePKCECodeChallenge(verifier),
            code_challenge_method: 'S256',
        });
        const answer = await client.authorizationCodeGrant(web, await browser.visit(url), { pkceCodeVerifier: verifier });
        must(answer.claims().sub === claims.sub, 'the confidential client got another person');
    }
}
console.log('openid-client: the provider behaves.');
