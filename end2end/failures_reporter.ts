import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/** Repeats at the very end why each test failed: of a long log the end is what is kept. */
export default class FailuresReporter implements Reporter {
  readonly #failures: string[] = [];

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status === 'skipped' || result.status === test.expectedStatus) return;
    const reasons = result.errors.map(({ message }) => withoutColours(message ?? '').trim());
    this.#failures.push([`✘ ${test.titlePath().filter(Boolean).join(' › ')}`, ...reasons].join('\n'));
  }

  onEnd(): void {
    for (const failure of this.#failures) console.log(`\n${failure}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}

function withoutColours(text: string): string {
  return text.replace(/\u001b\[[0-9;]*m/g, '');
}
