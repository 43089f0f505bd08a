import { expect, test } from '../../fixtures/clinic';
import { SeatPage } from '../../pages/seat';

test('a patient who cannot come cancels while they wait, after one more question @phone', async ({ arrive, clinic }) => {
  const patient = await arrive('patient');
  const seat = new SeatPage(patient.page);
  await clinic.comeByCode(patient.page, 'Adler');
  await seat.checkIn();
  await seat.saysReady();
  await patient.page.getByRole('link', { name: 'I cannot come: cancel this visit' }).click();
  await expect(seat.heading).toHaveText('Cancel this visit?');
  await patient.page.getByRole('link', { name: 'No, keep it' }).click();
  await seat.expectWaiting();
  await patient.page.getByRole('link', { name: 'I cannot come: cancel this visit' }).click();
  await patient.page.getByRole('button', { name: 'Yes, cancel this visit' }).click();
  await expect(seat.heading).toHaveText('You have cancelled this visit');
});
