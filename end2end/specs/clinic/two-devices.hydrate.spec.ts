import { expect, test } from '../../fixtures/clinic';
import { SeatPage } from '../../pages/seat';

test('invariant 4: a second device takes over the place, and the first one says so and can take it back', async ({ arrive, clinic }) => {
  const [first, second] = [await arrive('patient'), await arrive('patient', { colour: 'green' })];
  const [here, there] = [new SeatPage(first.page), new SeatPage(second.page)];
  await clinic.comeToWait(here, 'Adler');

  await clinic.comeByLink(second.page, 'Adler');
  await there.interactive();
  await there.expectWaiting();
  await expect(here.heading).toHaveText('Your visit is open on another device');

  await first.page.getByRole('button', { name: 'Go on here' }).click();
  await here.interactive();
  await here.expectWaiting();
  await expect(there.heading).toHaveText('Your visit is open on another device');
});

test('invariant 4: also in a call, which goes on at the second device after a notice of its own', async ({ admitted, arrive, clinic }) => {
  test.setTimeout(120_000);
  const { patient, provider, seat, care } = admitted;
  for (const person of [patient, provider]) person.watch.provokesCallingOff();
  const second = await arrive('patient', { colour: 'green' });
  const there = new SeatPage(second.page);
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);

  await clinic.comeByLink(second.page, 'Adler');
  await there.interactive();
  await expect(seat.heading).toHaveText('Your visit is open on another device');
  await there.expectSees('Provider', provider.colour);
  await expect(there.startNow, 'nobody is on camera unannounced').toBeVisible();
  expect(await there.sends(), 'what the page gives to its peer connections').toEqual([]);
  await there.startNow.click();
  await care.expectSees('Patient', second.colour);
  await expect(care.remote('Patient')).toHaveCount(1);
});
