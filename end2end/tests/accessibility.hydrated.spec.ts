import { expectAccessible } from '../fixtures/axe.ts';
import { expect, expectRefusals, ready, test } from '../fixtures/index.ts';

const signedOut = ['/', '/sign-in-failed?reason=expired', '/account-cancelled', '/no/such/page', '/identity/signup', '/identity/login', '/identity/outbox', '/identity/forgot-password'];
const signedIn = ['/conversations', '/library', '/quizzes', '/albums', '/review', '/people', '/people?query=a', '/settings', '/settings/cancel-account'];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 360]) {
    test.describe(`${colorScheme}, ${width} px wide`, () => {
      // Tall, so that no page has to scroll: axe would judge what the bar at the lower edge half covers at the moment.
      test.use({ colorScheme, viewport: { width, height: 2400 } });

      test('axe finds nothing on the pages for someone signed out', async ({ page, complaints }) => {
        for (const path of signedOut) {
          await page.goto(path);
          await ready(page, !path.startsWith('/identity'));
          await expectAccessible(page);
        }
        expectRefusals(complaints, 404);
      });

      test('axe finds nothing on the pages for someone signed in', async ({ page, person }) => {
        for (const path of signedIn) {
          await page.goto(path);
          await ready(page, true);
          await expectAccessible(page);
        }
        expect(person.email).toBeTruthy();
      });
    });
  }
}
