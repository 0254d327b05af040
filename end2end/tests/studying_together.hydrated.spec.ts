import type { Page } from '@playwright/test';
import { composer, elsewhere, messages, Server, start, test } from '../fixtures/conversations.ts';
import { attach, staged, type MadeFile } from '../fixtures/files.ts';
import { call, CELLS, expect, register, type Member } from '../fixtures/study.ts';
import { textbook } from '../../server/extraction/tests/samples/textbook.mjs';

interface Key {
  questions: { citation: { document_id: string; quote: string } }[];
}

const cells: MadeFile = { name: 'cells.md', mimeType: 'text/markdown', buffer: Buffer.from(CELLS) };

test('the file of a message becomes notes of everybody who asks, each their own', async ({ thread, browser, server, ada, ben, conversation, complaints }) => {
  await send(thread, cells);
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/conversations/${conversation}`);
  const own = await notesOf(thread, 'cells.md');
  await expect(thread.getByRole('heading', { level: 1, name: 'Cells' })).toBeVisible();
  await expect(thread.locator('.notes-text')).toContainText('Mitochondria');
  const theirs = await notesOf(other, 'cells.md');
  await expect(other.locator('.notes-text')).toContainText('Mitochondria');
  expect(theirs).not.toBe(own);
  await expect(call(server, ada.token, 'GET', `/api/documents/${theirs}`)).rejects.toThrow('answers 404');

  await thread.goBack();
  expect(await notesOf(thread, 'cells.md'), 'the same document, not a second one').toBe(own);
  for (const member of [ada, ben]) expect(await documentsOf(server, member)).toHaveLength(1);
  await context.close();
});

test('the file of a message becomes a quiz of what stands in it', async ({ thread, server, ada }) => {
  await send(thread, cells);
  const id = await notesOf(thread, 'cells.md');
  await thread.goBack();
  await messages(thread).getByRole('button', { name: 'Make quiz of cells.md' }).click();
  await thread.waitForURL(`**/quizzes/new?document=${id}`);
  await expect(thread.getByRole('checkbox', { name: /^Cells/ })).toBeChecked();
  const quiz = await makeQuiz(thread);
  expect(await documentsOf(server, ada)).toHaveLength(1);
  const { questions } = (await call(server, ada.token, 'GET', `/api/quiz/${quiz}/key`)) as Key;
  expect(new Set(questions.map(({ citation }) => citation.document_id))).toEqual(new Set([id]));
  for (const { citation } of questions) expect(CELLS).toContain(citation.quote);
});

test('the files of a conversation become a quiz of everybody who asks, each their own', async ({ thread, browser, server, ada, ben, conversation, complaints }) => {
  await send(thread, cells);
  await send(thread, { name: 'elements.pdf', mimeType: 'application/pdf', buffer: textbook(4) as Buffer });
  const context = await browser.newContext({ baseURL: server.url });
  const other = await elsewhere(context, complaints, ben, `/quizzes/new?conversation=${conversation}`);
  await thread.getByRole('link', { name: 'Details', exact: true }).click();
  await thread.getByRole('link', { name: 'Make a quiz of its files' }).click();
  await thread.waitForURL(`**/quizzes/new?conversation=${conversation}`);
  const quizzes: string[] = [];
  for (const page of [thread, other]) {
    await expect(page.getByRole('radio', { name: 'A conversation’s files' })).toBeChecked();
    await expect(page.getByLabel('Conversation', { exact: true })).toHaveValue(String(conversation));
    quizzes.push(await makeQuiz(page));
  }
  const [own, theirs] = quizzes;
  for (const [member, quiz] of [[ada, own], [ben, theirs]] as const) {
    const { questions } = (await call(server, member.token, 'GET', `/api/quiz/${quiz}/key`)) as Key;
    const documents = (await documentsOf(server, member)).map(({ id }) => id);
    expect(documents).toHaveLength(2);
    expect(new Set(questions.map(({ citation }) => citation.document_id))).toEqual(new Set(documents));
  }
  await expect(call(server, ada.token, 'GET', `/api/quiz/${theirs}`)).rejects.toThrow('answers 404');
  await context.close();
});

test('somebody outside makes nothing of the files of a conversation', async ({ thread, browser, server, ada, conversation, complaints }) => {
  await send(thread, cells);
  const [sent] = (await call(server, ada.token, 'GET', `/api/conversations/${conversation}/messages`)) as { attachment: { object_id: string } }[];
  const cem = await register(server, 'Cem');
  await start(server, cem, [ada]);
  const { object_id } = sent!.attachment;
  await expect(call(server, cem.token, 'POST', '/api/documents/upload', { object_id })).rejects.toThrow('answers 404');
  await expect(call(server, cem.token, 'POST', '/api/quiz/generate', { conversation_id: conversation })).rejects.toThrow('answers 403');
  expect(await documentsOf(server, cem)).toEqual([]);

  const context = await browser.newContext({ baseURL: server.url });
  const outside = await elsewhere(context, complaints, cem, `/quizzes/new?conversation=${conversation}`);
  await expect(outside.getByRole('radio', { name: 'A conversation’s files' })).toBeChecked();
  await expect(outside.getByLabel('Conversation', { exact: true }).getByRole('option')).toHaveText([ada.name]);
  await context.close();
});

async function send(page: Page, file: MadeFile): Promise<void> {
  await attach(page).setInputFiles([file]);
  await expect(staged(page)).toHaveCount(1);
  await composer(page).press('Enter');
  await expect(messages(page).getByRole('link', { name: `Download ${file.name}` })).toBeVisible();
}

/** Has notes made of a file in the open conversation, and tells of which document they are. */
async function notesOf(page: Page, filename: string): Promise<string> {
  await messages(page).getByRole('button', { name: `Make notes of ${filename}` }).click();
  await page.waitForURL(/\/library\/[0-9a-f-]+$/);
  await expect(page.locator('.notes-text')).toBeVisible({ timeout: 30_000 });
  return new URL(page.url()).pathname.split('/').pop()!;
}

/** Makes the quiz that the page is about to make, and tells which it is. */
async function makeQuiz(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Make quiz' }).click();
  await page.waitForURL(/\/quizzes\/\d+$/);
  await expect(page.locator('.question').first()).toBeVisible({ timeout: 30_000 });
  return new URL(page.url()).pathname.split('/').pop()!;
}

async function documentsOf(server: Server, member: Member): Promise<{ id: string }[]> {
  return (await call(server, member.token, 'GET', '/api/documents')) as { id: string }[];
}
