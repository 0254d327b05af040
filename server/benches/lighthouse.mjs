// What Lighthouse says of the pages, as on a phone.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { launch } from 'chrome-launcher';
import { figure, heading } from './report.mjs';
import { Server, checkout } from './server.mjs';

const budgets = { performance: 95, accessibility: 100, 'best-practices': 100 };
const chromeFlags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic'];

export async function measurePages() {
  heading('Pages, by Lighthouse');
  const server = await Server.make();
  let browser;
  try {
    await server.start();
    browser = await launch({ chromePath: process.env.CHROMIUM, chromeFlags });
    await measure(server, browser, 'start page, signed out', '/');
    const { conversation, quiz } = await signIn(server, browser);
    await measure(server, browser, 'conversations', '/conversations');
    await measure(server, browser, 'a conversation', conversation);
    await measure(server, browser, 'a quiz', quiz);
  } finally {
    browser?.kill();
    await server.remove();
  }
}

async function measure(server, browser, name, path) {
  const options = { port: browser.port, onlyCategories: Object.keys(budgets), logLevel: 'error' };
  const { lhr } = await lighthouse(`${server.url}${path}`, options);
  if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
  if (new URL(lhr.finalDisplayedUrl).pathname !== path) throw new Error(`${path} leads to ${lhr.finalDisplayedUrl}`);
  for (const [category, budget] of Object.entries(budgets)) {
    const score = 100 * lhr.categories[category].score;
    const beside = `Lighthouse ${lhr.lighthouseVersion}, budget ${budget}${failures(lhr, category)}`;
    figure(`${name}, ${category}`, score, 'of 100', beside, score >= budget);
  }
}

/** Leaves the browser signed in as somebody of the demo group; tells where a conversation and a quiz of theirs are. */
async function signIn(server, browser) {
  const connection = await chromium.connectOverCDP(`http://127.0.0.1:${browser.port}`);
  const page = await connection.contexts()[0].newPage();
  await page.goto(`${server.url}/auth/sign-in?return_to=/conversations`);
  await page.getByRole('button', { name: 'Continue as Amara Okafor' }).click();
  await page.waitForURL('**/conversations');
  const group = page.getByRole('link', { name: /Cell biology/ });
  const conversation = await group.getAttribute('href');
  const text = await readFile(join(checkout, 'server/study/samples/cells.en.md'), 'utf8');
  const quiz = await page.evaluate(makeQuiz, text);
  await page.close();
  await connection.close();
  return { conversation, quiz: `/quizzes/${quiz}` };
}

/** In the page, as its own scripts ask: the id of a quiz about the text, once its questions are there. */
async function makeQuiz(text) {
  const ask = async (path, options) => {
    const answer = await fetch(path, options);
    if (!answer.ok) throw new Error(`${path} answers ${answer.status}`);
    return answer.json();
  };
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ notes_text: text, question_count: 6 });
  const { quiz_id: id } = await ask('/api/quiz/generate', { method: 'POST', headers, body });
  while ((await ask(`/api/quiz/${id}`)).quiz.length === 0) await new Promise((done) => setTimeout(done, 100));
  return id;
}

/** What took points away. */
function failures(lhr, category) {
  const ids = lhr.categories[category].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id);
  const failed = ids.filter((id) => lhr.audits[id].score !== null && lhr.audits[id].score < 0.9);
  return failed.map((id) => `; ${id} ${lhr.audits[id].displayValue ?? ''}`.trimEnd()).join('');
}
