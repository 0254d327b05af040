// What Lighthouse says of the start page, as on a phone.
import lighthouse from 'lighthouse';
import { launch } from 'chrome-launcher';
import { figure, heading } from './report.mjs';
import { Server } from './server.mjs';

const budgets = { performance: 95, accessibility: 100, 'best-practices': 100 };

export async function measureStartPage() {
  heading('Start page, signed out, by Lighthouse');
  const server = await Server.make();
  let browser;
  try {
    await server.start();
    browser = await launch({ chromePath: process.env.CHROMIUM, chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic'] });
    const options = { port: browser.port, onlyCategories: Object.keys(budgets), logLevel: 'error' };
    const { lhr } = await lighthouse(`${server.url}/`, options);
    if (lhr.runtimeError) throw new Error(`Lighthouse: ${lhr.runtimeError.message}`);
    for (const [name, budget] of Object.entries(budgets)) {
      const score = 100 * lhr.categories[name].score;
      figure(`Lighthouse ${lhr.lighthouseVersion}, ${name}`, score, 'of 100', `budget ${budget}${failures(lhr, name)}`, score >= budget);
    }
  } finally {
    browser?.kill();
    await server.remove();
  }
}

/** What took points away. */
function failures(lhr, category) {
  const ids = lhr.categories[category].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id);
  const failed = ids.filter((id) => lhr.audits[id].score !== null && lhr.audits[id].score < 0.9);
  return failed.map((id) => `; ${id} ${lhr.audits[id].displayValue ?? ''}`.trimEnd()).join('');
}
