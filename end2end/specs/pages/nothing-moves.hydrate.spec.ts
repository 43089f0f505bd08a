import { test } from '../../fixtures';
import { HeldCode } from '../../fixtures/held-code';

test('nothing moves from under the finger when a visit page comes to life @phone', async ({ arrive }) => {
  for (const seat of ['patient', 'provider'] as const) {
    const person = await arrive(seat);
    const code = await HeldCode.of(person.page);
    await code.expectNothingMoves(
      () => person.page.goto(person.address, { waitUntil: 'domcontentloaded' }),
      () => person.interactive(),
    );
  }
});
