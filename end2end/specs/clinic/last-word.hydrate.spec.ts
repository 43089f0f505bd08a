import { expect, test } from '../../fixtures/clinic';
import { SeatPage } from '../../pages/seat';

test('the page of who waits says with its last word that it goes, by a beacon', async ({ arrive, clinic }) => {
  const patient = await arrive('patient');
  await clinic.comeToWait(new SeatPage(patient.page), 'Adler');
  const said = patient.context.waitForEvent('request', (request) => new URL(request.url()).pathname === '/visit/gone');
  await patient.page.goto('about:blank');
  const beacon = await said;
  expect([beacon.method(), beacon.resourceType()]).toEqual(['POST', 'ping']);
});
