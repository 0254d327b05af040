// node token.mjs URL NAME [register]: waits until the server is ready, signs a person up and prints their ID token.
import { newPerson, registerIdentity, registerUser, tokens } from '../identity.mjs';

const [url, name, register] = process.argv.slice(2);

for (const deadline = Date.now() + 120_000; ; ) {
  if (await fetch(`${url}/ready`).then((answer) => answer.ok, () => false)) break;
  if (Date.now() > deadline) throw new Error('the server is not ready');
  await new Promise((done) => setTimeout(done, 50));
}

const person = newPerson(name);
await registerIdentity(url, person);
const { idToken } = await tokens(url, person);
if (register) await registerUser(url, idToken);
console.log(idToken);
