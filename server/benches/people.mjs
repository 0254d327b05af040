// People of the embedded provider, registered with the app, as the load needs them.
import { newPerson, registerIdentity, registerUser, tokens } from '../../end2end/identity.mjs';

/** Two at a time, as the provider hashes passwords; more would only wait. */
export async function registerPeople(url, number) {
  const people = [];
  const one = async () => {
    while (people.length < number) {
      const person = newPerson('Bench', `Person ${people.length}`);
      people.push(person);
      await registerIdentity(url, person);
      const { idToken } = await tokens(url, person);
      person.headers = { authorization: `Bearer ${idToken}` };
      person.sub = JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url').toString()).sub;
      await registerUser(url, idToken);
    }
  };
  await Promise.all([one(), one()]);
  return people;
}

/** The conversations that a person has begun, each with the person; all of a seeded database when the people are its first. */
export async function begunConversations(url, people) {
  const begun = [];
  for (const person of people) {
    for (const conversation of await call(url, person, '/api/conversations?limit=100')) {
      if (conversation.creator_sub !== person.sub) continue;
      begun.push({ id: conversation.id, person, subs: conversation.participants.map(({ sub }) => sub) });
    }
  }
  return begun;
}

/** What the server answers to a person: to a `POST` of the body, else to a `GET`. */
export async function call(url, { headers }, path, body) {
  const post = { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const answer = await fetch(`${url}${path}`, body === undefined ? { headers } : post);
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
