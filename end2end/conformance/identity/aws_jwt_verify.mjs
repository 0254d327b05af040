// Verifies tokens with npm's aws-jwt-verify: its JWT verifier with our issuer, and its Cognito verifier's own checks
// of client and token use. LYCEUM_URL names the server.
import { JwtVerifier } from 'aws-jwt-verify';
import { validateCognitoJwtFields } from 'aws-jwt-verify/cognito-verifier';
import { newPerson, registerIdentity, tokens } from '../../identity.mjs';
import { base, clientId, must, poolId } from './hosted_pages.mjs';

const person = newPerson();
await registerIdentity(base, person, clientId);
const { idToken, accessToken } = await tokens(base, person, clientId);

const issuer = `${base}/identity/${poolId}`;
// The library fetches keys over HTTPS only, so they are put into its cache.
const jwks = await (await fetch(`${issuer}/.well-known/jwks.json`)).json();
function verifier(tokenUse, client = clientId) {
    const made = JwtVerifier.create({
        issuer,
        audience: tokenUse === 'id' ? client : null,
        jwksUri: 'https://keys.invalid/jwks.json',
        customJwtCheck: ({ payload }) => validateCognitoJwtFields(payload, { tokenUse, clientId: client }),
    });
    made.cacheJwks(jwks);
    return made;
}

const id = await verifier('id').verify(idToken);
must(id.email === person.email && id['cognito:username'] === id.sub, 'the ID token is not as Cognito writes it');
const access = await verifier('access').verify(accessToken);
must(access.username === id.sub && access.scope === 'aws.cognito.signin.user.admin', 'the access token is not as Cognito writes it');
must(access.origin_jti === id.origin_jti && access.jti !== id.jti, 'origin_jti or jti is wrong');

async function refused(what, promise) {
    const done = await promise.then(() => true, () => false);
    must(!done, `${what} was taken`);
}
await refused('an access token as ID token', verifier('id').verify(accessToken));
await refused('an ID token as access token', verifier('access').verify(idToken));
await refused("another client's ID token", verifier('id', 'other').verify(idToken));
await refused("another client's access token", verifier('access', 'other').verify(accessToken));
const [head, payload, signature] = accessToken.split('.');
const forged = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url')), scope: 'openid' })).toString('base64url');
await refused('a changed token', verifier('access').verify(`${head}.${forged}.${signature}`));
console.log('aws-jwt-verify: the tokens verify, and only as what they are.');
