import { expectAccessible } from '../../fixtures/axe';
import { expect, test } from '../../fixtures/clinic';
import type { Participant } from '../../fixtures/participant';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

/// Every clock that a page can read of this person's machine goes wrong by so many minutes.
async function setClockWrong(person: Participant, minutes: number): Promise<void> {
  await person.context.addInitScript((wrong) => {
    const Right = Date;
    const now = (): number => Right.now() + wrong;
    window.Date = new Proxy(Right, {
      construct: (target, args, made) => Reflect.construct(target, args.length > 0 ? args : [now()], made) as Date,
      apply: () => new Right(now()).toString(),
      get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
    });
  }, minutes * 60_000);
  await person.page.goto('about:blank');
  expect(await person.page.evaluate(() => Date.now())).not.toBeCloseTo(Date.now(), -6);
}

for (const [how, minutes] of [
  ['an hour fast', 60],
  ['an hour slow', -60],
] as const) {
  test(`bug 24: browsers whose clocks are ${how} show true times, count the notice down from ten, and talk`, async ({ arrive, clinic }) => {
    test.setTimeout(120_000);
    const [patient, provider] = [await arrive('patient'), await arrive('provider')];
    for (const person of [patient, provider]) await setClockWrong(person, minutes);
    const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(provider.page), new CarePage(provider.page)];
    await clinic.logIn(provider.page, 'Lindqvist');
    await queue.interactive();
    await expect(queue.row('expected', 'Adler'), 'neither another day nor overdue').toBeVisible();
    await clinic.comeToWait(seat, 'Adler');
    const row = queue.row('waiting', 'Adler');
    await expect(row).toContainText('has just come');
    await expect(row).toHaveAttribute('data-wait', 'fresh');

    if (minutes > 0) {
      await patient.page.goto('about:blank');
      await expect(row, 'after the grace of 30 s').toHaveAttribute('data-away', 'true', { timeout: 45_000 });
      await expect(row).toContainText('away for 0 min');
      await expectAccessible(provider, 'queue, somebody is away');
      await provider.page.goto(`${clinic.server.origin}/clinic/visits/${clinic.visitOf('Adler').id}`);
      await expect(care.status).toHaveText('The patient is away just now. Their place is kept.');
      await expectAccessible(provider, 'a visit whose patient is away');
      await queue.open();
      await patient.page.goBack();
      await seat.interactive();
      await expect(row).toHaveAttribute('data-away', 'false');
      await expect(row).toContainText(/has just come|waits 1 min/);
    }

    await queue.admit('Adler');
    const left = patient.page.locator('.countdown__left');
    await expect(left).toHaveText(/^You will be seen and heard in ([1-9]|10) seconds\.$/);
    await expect(left, 'counted down to the end').toBeHidden();
    await care.interactive();
    await care.expectSees('Patient', patient.colour);
    await seat.expectSees('Provider', provider.colour);
    await care.end();
    await expect(seat.heading).toHaveText('Thank you for your visit');
  });
}
