// node token.mjs URL NAME [register]: waits until the server is ready, signs a person up and prints their ID token.
const [url, name, register] = process.argv.slice(2);

for (const deadline = Date.now() + 30_000; ; ) {
  if (await fetch(`${url}/ready`).then((answer) => answer.ok, () => false)) break;
  if (Date.now() > deadline) throw new Error('the server is not ready');
  await new Promise((done) => setTimeout(done, 50));
}

const email = `${name.toLowerCase()}@study.example`;
const password = 'Long-Enough-1!';
await call('SignUp', {
  ClientId: 'lyceum',
  Username: email,
  Password: password,
  UserAttributes: [
    { Name: 'email', Value: email },
    { Name: 'given_name', Value: name },
    { Name: 'family_name', Value: 'Nowak' },
  ],
});
const outbox = await fetch(`${url}/identity/outbox?to=${email}`, { headers: { accept: 'application/json' } });
const code = /\b\d{6}\b/.exec((await outbox.json())[0].text)[0];
await call('ConfirmSignUp', { ClientId: 'lyceum', Username: email, ConfirmationCode: code });
const { AuthenticationResult } = await call('InitiateAuth', {
  ClientId: 'lyceum',
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: email, PASSWORD: password },
});
if (register) {
  const authorization = `Bearer ${AuthenticationResult.IdToken}`;
  const answer = await fetch(`${url}/api/register-user`, { method: 'POST', headers: { authorization } });
  if (!answer.ok) throw new Error(`register-user answers ${answer.status}`);
}
console.log(AuthenticationResult.IdToken);

async function call(operation, body) {
  const answer = await fetch(`${url}/identity/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${operation} answers ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
