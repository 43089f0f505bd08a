import { expect, test } from '../../fixtures/clinic';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('invariant 10: without JavaScript the wait refreshes itself, and who is called in is told why there is no picture and what to do', async ({
  arrive,
  clinic,
}) => {
  test.setTimeout(120_000);
  const patient = await arrive('patient');
  const provider = await arrive('provider', { context: { javaScriptEnabled: true } });
  const [seat, queue, care] = [new SeatPage(patient.page), new QueuePage(provider.page), new CarePage(provider.page)];
  const noScript = patient.page.locator('main noscript p');
  // The page asks again by itself every 15 seconds: nobody here ever reloads it.
  const news = { timeout: 25_000 };

  await clinic.comeByCode(patient.page, 'Adler');
  await seat.checkIn();
  await seat.saysReady();
  await seat.expectWaiting();
  await expect(seat.status).toContainText('Dr. Nils Lindqvist has not come to the waiting room yet.');
  await clinic.logIn(provider.page, 'Lindqvist');
  await queue.interactive();
  await expect(seat.status).toContainText('Dr. Nils Lindqvist is here and will call you in. You are next.', news);

  await queue.admit('Adler');
  await care.interactive();
  await expect(seat.heading).toHaveText('Dr. Nils Lindqvist is ready for you', news);
  await expect(noScript).toBeVisible();
  await expect(noScript).toHaveText(
    'The video needs JavaScript, which is switched off in this browser. Please switch it on and reload this page, or call the clinic.',
  );
  await expect(patient.page.getByRole('button', { name: 'Join Room' }), 'no button that does nothing').toHaveCount(0);
  await expect(patient.page.getByText('press Join Room')).toHaveCount(0);
  await expect(patient.page.locator('.help')).toContainText('please call the clinic');
  await care.expectStage('admitted');
  await expect(care.status, 'their page still asks: they count as there').toHaveText('The patient is let in.');
});
