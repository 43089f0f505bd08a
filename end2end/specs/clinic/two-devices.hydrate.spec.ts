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
