import type { FullResult, Reporter, Suite } from '@playwright/test/reporter';

/// Ends the run with what failed, shortly, and one line that can be summed with other suites': `N passed, M failed`. A log is often
/// kept by its end only.
export default class Count implements Reporter {
  private suite: Suite | undefined;

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    const tests = this.suite?.allTests() ?? [];
    const passed = tests.filter((test) => test.outcome() === 'expected').length;
    const skipped = tests.filter((test) => test.outcome() === 'skipped').length;
    const failed = tests.length - passed - skipped + (result.status === 'failed' && tests.length === 0 ? 1 : 0);
    for (const test of tests.filter((test) => test.outcome() === 'unexpected')) {
      const errors = test.results.flatMap(({ errors }) => errors).map(({ message }) => (message ?? '').replace(/\x1b\[\d+m/g, '').replace(/\s+/g, ' '));
      console.log(`failed: ${test.titlePath().slice(1).join(' › ')}\n  ${errors.map((error) => error.slice(0, 600)).join('\n  ')}`);
    }
    console.log(`end2end: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
  }

  printsToStdio(): boolean {
    return true;
  }
}
