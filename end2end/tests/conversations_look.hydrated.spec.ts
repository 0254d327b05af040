import { expectAccessible } from '../fixtures/axe.ts';
import { boxOf, expectSameRow } from '../fixtures/boxes.ts';
import { bePatient } from '../fixtures/index.ts';
import { composer, expect, messages, open, ready, register, say, start, test } from '../fixtures/conversations.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`${colorScheme}, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 2400 } });

      test('axe finds nothing about conversations', async ({ page, server, ada, ben, conversation }) => {
        const cem = await register(server, 'Cem');
        const group = await start(server, ada, [ben, cem], 'Biology');
        await say(server, ben, conversation, 'A [link](https://example.org), `code` and\n\n> a quote\n\n- a list');
        await say(server, ada, conversation, 'An answer');
        await say(server, cem, group, 'To all of you');
        await open(page, ada, conversation);
        const actions = page.getByRole('toolbar', { name: 'What to do with this message' });
        // The thread answers to the mouse once its lazy part has come; a mouse that rests by then has told it nothing.
        await expect(async () => {
          await page.mouse.move(0, 0);
          await messages(page).last().hover();
          await expect(actions).toBeVisible({ timeout: 1_000 });
        }).toPass();
        await expectAccessible(page);
        const paths = ['', '/new', `/new?query=${ben.familyName}`, '/search?query=answer', `/${group}`, `/${group}/details`];
        for (const path of paths) {
          await page.goto(`/conversations${path}`);
          await ready(page, true);
          await expectAccessible(page);
        }
      });
    });
  }
}

for (const width of [1280, 768, 360]) {
  test.describe(`${width} px wide`, () => {
    test.use({ viewport: { width, height: 740 } });

    test('a name stands beside its checkbox', async ({ page, ada, ben, conversation }) => {
      await open(page, ada, conversation);
      await page.goto(`/conversations/new?query=${ben.familyName}`);
      await ready(page, true);
      const [checkbox, name] = [page.getByRole('checkbox', { name: ben.name }), page.getByText(ben.name, { exact: true }).last()];
      await expectSameRow(checkbox, name);
      const [from, to] = [await boxOf(checkbox), await boxOf(name)];
      expect(to.x - (from.x + from.width)).toBeLessThan(100);
    });

    test('a toast leaves the composer free, however high that is', async ({ thread }) => {
      await bePatient(thread);
      await thread.locator('input[type=file]').setInputFiles([{ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) }]);
      const toast = thread.getByRole('button', { name: 'Dismiss' });
      for (const text of ['', 'one\ntwo\nthree\nfour\nfive\nsix']) {
        await composer(thread).fill(text);
        await expect(async () => {
          const [above, below] = [await boxOf(toast), await boxOf(composer(thread))];
          expect(above.y + above.height).toBeLessThan(below.y);
        }).toPass();
      }
    });
  });
}

test('the columns of a table stand as its writer said', async ({ thread, server, ben, conversation }) => {
  await say(server, ben, conversation, '| Name | Cakes | Note |\n| --- | ---: | :---: |\n| Ben | 2 | late |');
  const row = messages(thread).last();
  for (const [name, side] of [['Name', /start$/], ['Cakes', /right$/], ['Note', /center$/]] as const) {
    await expect(row.getByRole('columnheader', { name })).toHaveCSS('text-align', side);
  }
  await expect(row.getByRole('cell', { name: '2' })).toHaveCSS('text-align', /right$/);
});
