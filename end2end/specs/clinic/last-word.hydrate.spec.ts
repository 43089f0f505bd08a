import { expect, test } from '../../fixtures/clinic';
import { SeatPage } from '../../pages/seat';

test('the page of who waits says with its last word that it goes', async ({ arrive, clinic, server }) => {
  const patient = await arrive('patient');
  await clinic.comeToWait(new SeatPage(patient.page), 'Adler');
  // Nobody sees a beacon but who gets it. The pages before this one have said it too.
  const said = (): number => server.log.match(/method=POST route="\/visit\/gone"/g)?.length ?? 0;
  const before = said();
  await patient.page.close();
  await expect.poll(said).toBe(before + 1);
});
