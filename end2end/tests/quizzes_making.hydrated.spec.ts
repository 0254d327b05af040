import { createServer, type ServerResponse } from 'node:http';
import { register } from '../fixtures/conversations.ts';
import { listen, Server } from '../fixtures/index.ts';
import { call, CELLS, expect, openPage, test, type Quiz } from '../fixtures/study.ts';

interface Model {
  url: string;
  /** Answers the next question that it is asked, or the one that waits, with this status and nothing else. */
  answer: (status: number) => void;
  stop: () => Promise<void>;
}

/** A language model that only ever has trouble, each time when the test says so. */
async function startModel(): Promise<Model> {
  const waiting: ServerResponse[] = [];
  const statuses: number[] = [];
  const answerAll = () => {
    while (waiting.length > 0 && statuses.length > 0) waiting.shift()!.writeHead(statuses.shift()!).end();
  };
  const http = createServer((request, response) => {
    request.resume();
    waiting.push(response);
    answerAll();
  });
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  const address = http.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    answer: (status) => {
      statuses.push(status);
      answerAll();
    },
    stop: () => new Promise((done) => (http.closeAllConnections(), http.close(() => done()))),
  };
}

test('that making a quiz is tried again is told while one waits, and no longer once it has ended', async ({ browser, complaints }) => {
  const model = await startModel();
  const settings = { LYCEUM_TEXT_PROVIDER: 'openai', LYCEUM_TEXT_URL: model.url, LYCEUM_TEXT_MODEL: 'none' };
  const server = await Server.start(settings);
  try {
    const ada = await register(server, 'Ada');
    const context = await browser.newContext({ baseURL: server.url });
    listen(context, complaints);
    const page = await context.newPage();
    model.answer(503);
    const quiz = (await call(server, ada.token, 'POST', '/api/quiz/generate', { notes_text: CELLS })) as Quiz;
    await openPage(page, ada, `/quizzes/${quiz.quiz_id}`);
    const [waits, trouble] = [page.getByText('Questions are being written'), page.getByText('we are trying again')];
    await expect(waits).toBeVisible();
    await expect(trouble).toHaveCount(0);
    model.answer(503);
    await expect(trouble).toBeVisible({ timeout: 30_000 });
    await expect(waits).toBeVisible();
    model.answer(401);
    await server.advance(60);
    await expect(page.getByText('the language model refuses to work')).toBeVisible({ timeout: 30_000 });
    await expect(trouble).toHaveCount(0);
    await expect(waits).toHaveCount(0);
    await context.close();
  } finally {
    await server.remove();
    await model.stop();
  }
});

test('a document that is being read can be chosen', async ({ page, ada, document }) => {
  await page.route('**/fn/documents/list*', async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as { documents: object[] };
    const documents = json.documents.map((one) => ({ ...one, status: 'processing', pages: null }));
    return route.fulfill({ response, json: { ...json, documents } });
  });
  await openPage(page, ada, '/quizzes');
  await page.getByRole('link', { name: 'New quiz' }).first().click();
  await page.waitForURL('**/quizzes/new');
  const choice = page.getByRole('group', { name: 'Documents', exact: true }).getByRole('checkbox').first();
  await expect(page.locator('.choices-scroll')).toContainText('Being read');
  await expect(page.getByText('is made as soon as that is done')).toBeVisible();
  await choice.check();
  await page.getByRole('button', { name: 'Make quiz' }).click();
  await page.waitForURL(/\/quizzes\/\d+$/);
  await expect(page.getByRole('heading', { level: 1, name: document.title })).toBeVisible();
});
