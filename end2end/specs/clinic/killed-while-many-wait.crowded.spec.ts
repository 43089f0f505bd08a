import { expect, quietClinic, test } from '../../fixtures/clinic';
import { comeToWait } from '../../fixtures/crowd';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

const waiting = ['Fatima Rahimi', 'Tom Becker', 'Grace Mbeki', 'Yuki Tanaka', 'Olive Brandt'];

// Two of them come long before their time.
test.use({ serverOptions: { env: { CHECK_IN_OPENS: '4h' }, before: quietClinic } });

test('the server is killed while five people wait and two talk: the call goes on, nobody loses the place, and the next one is admitted', async ({
  arrive,
  clinic,
  server,
}) => {
  test.setTimeout(180_000);
  const [patient, provider] = [await arrive('patient'), await arrive('provider')];
  const crowd = await arrive('patient', { colour: 'yellow' });
  for (const person of [patient, provider, crowd]) person.watch.provokesNetworkTrouble();
  const [seat, care] = [new SeatPage(patient.page), new CarePage(provider.page)];
  await clinic.logIn(provider.page, 'Lindqvist');
  const queue = new QueuePage(await provider.context.newPage());
  await queue.page.goto(`${server.origin}/clinic`);
  await queue.interactive();
  const seats = await comeToWait(crowd, clinic, waiting, { reducedMotion: 'reduce' });
  await clinic.comeToWait(seat, 'Adler');
  const first = new QueuePage(provider.page);
  await first.interactive();
  await first.admit('Adler');
  await care.interactive();
  await seat.startNow.click();
  await care.expectSees('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);
  await queue.expectOrder('waiting', waiting);
  await expect(seats[1]!.status).toContainText('is with another patient. You are next.');
  const said = await Promise.all(seats.map((one) => one.status.innerText()));

  await server.kill();
  for (const one of seats) {
    await expect(one.status).toContainText('You keep your place.');
    await expect(one.campfire).toBeVisible();
  }
  await expect(queue.status).toContainText('The connection is interrupted.');
  await care.expectSees('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);

  await server.run();
  for (const [index, one] of seats.entries()) {
    await expect(one.status, 'the same place').toHaveText(said[index]!);
    await one.expectWaiting();
  }
  await expect(queue.status).toHaveText('5 people wait.');
  await queue.expectOrder('waiting', waiting);
  await expect(queue.page.locator('[data-away="true"]'), 'everybody is still there').toHaveCount(0);
  await seat.expectStage('admitted');
  await care.expectSees('Patient', patient.colour);
  await seat.expectSees('Provider', provider.colour);
  await care.expectHears('Patient', patient.colour);
  await seat.expectHears('Provider', provider.colour);
  await expect(seat.campfire).toBeHidden();

  await care.end();
  await expect(seat.heading).toHaveText('Thank you for your visit');
  await queue.admit('Becker');
  const becker = seats[1]!;
  const next = new CarePage(queue.page);
  await next.interactive();
  await becker.startNow.click();
  await next.expectSees('Patient', crowd.colour);
  await becker.expectSees('Provider', provider.colour);
  await next.end();
  await expect(becker.heading).toHaveText('Thank you for your visit');
});
