import { expect, test } from '../../fixtures/clinic';
import { SeatPage } from '../../pages/seat';

test('a program that opens the link in a mail, scripts and all, spends nothing and tells the secret to nobody', async ({ arrive, clinic, server }) => {
  const [scanner, patient] = [await arrive('patient'), await arrive('patient')];
  const link = new URL(clinic.visitOf('Adler').link);
  const asked: string[] = [];
  scanner.context.on('request', (request) => asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  // It runs the page's script (without which there is no "Continue"), and looks at whatever the page leads to.
  await scanner.page.goto(link.href);
  await expect(scanner.page.getByRole('button', { name: 'Continue' })).toBeVisible();
  const further = await scanner.page.locator('a[href]').evaluateAll((all) => (all as HTMLAnchorElement[]).map(({ href }) => href));
  for (const href of further.filter((href) => href.startsWith(server.origin))) await scanner.page.goto(href);
  expect(asked.filter((line) => !line.startsWith('GET ')), 'nothing but looks').toEqual([]);
  expect(asked.filter((line) => line.includes(link.hash.slice(1))), 'requests with the secret').toEqual([]);
  expect(await scanner.context.cookies(), 'it has not come in').toEqual([]);

  const seat = new SeatPage(patient.page);
  await clinic.comeToWait(seat, 'Adler');
  await seat.expectWaiting();
});
