import { expect, test } from '../../fixtures/clinic';
import { HeldCode } from '../../fixtures/held-code';
import { CarePage, QueuePage } from '../../pages/desk';
import { SeatPage } from '../../pages/seat';

test('nothing moves from under the patient’s finger when a page comes to life @phone', async ({ arrive, clinic }) => {
  const patient = await arrive('patient');
  const seat = new SeatPage(patient.page);
  const alive = (): Promise<void> => seat.interactive();
  await clinic.comeByLink(patient.page, 'Adler');
  const code = await HeldCode.of(patient.page);
  await code.expectNothingMoves(() => seat.checkIn(), alive);
  await expect(patient.page.getByRole('region', { name: 'Try your camera and microphone' })).toBeVisible();
  await code.expectNothingMoves(() => seat.saysReady(), alive);
  await expect(seat.campfire.locator('summary')).toBeVisible();
});

test('nothing moves from under the finger of staff when a page comes to life', async ({ arrive, clinic }) => {
  const [provider, patient] = [await arrive('provider'), await arrive('patient')];
  await clinic.comeToWait(new SeatPage(patient.page), 'Adler');
  const [queue, care] = [new QueuePage(provider.page), new CarePage(provider.page)];
  await clinic.logIn(provider.page, 'Lindqvist');
  const code = await HeldCode.of(provider.page);
  const early = { waitUntil: 'domcontentloaded' } as const;
  await code.expectNothingMoves(() => provider.page.reload(early), () => queue.interactive());
  const { id } = clinic.visitOf('Adler');
  await code.expectNothingMoves(
    () => provider.page.goto(`${clinic.server.origin}/clinic/visits/${id}`, early),
    () => care.interactive(),
  );
});
