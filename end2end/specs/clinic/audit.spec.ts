import { expect, test } from '../../fixtures/clinic';

test('an admin finds who opened a record by the number that the front desk tells, and sees no name @phone', async ({ arrive, clinic }) => {
  const staff = await arrive('provider');
  const { page } = staff;
  const { id, patient } = clinic.visitOf('Adler');
  await clinic.logIn(page, 'Ferreira');
  await page.goto(`${clinic.server.origin}/clinic/appointments/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(patient);
  const number = await page.locator('dt:has-text("Record number") + dd').innerText();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL('**/login');

  await clinic.logIn(page, 'Vale');
  await page.getByRole('link', { name: 'Audit' }).click();
  const rows = page.getByRole('region', { name: 'Lines of the audit' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('Robin Vale');
  await expect(rows.nth(1), 'reading it is in it').toContainText('Read the audit');

  await page.getByLabel('Patient’s record number').fill(number.slice(0, 8));
  await page.getByLabel('What').selectOption('Opened a record');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('Sam Ferreira');
  await expect(rows.nth(1)).toContainText(number);
  await expect(page.getByRole('main')).not.toContainText(patient);
  await expect(page.getByLabel('Patient’s record number'), 'what was searched for stands there').toHaveValue(number.slice(0, 8));

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^audit-\d{4}-\d\d-\d\d\.csv$/);

  staff.watch.provokes(/status of 422/);
  await page.getByLabel('Patient’s record number').fill('Adler');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('alert').first()).toContainText('A patient is searched by the record number');
});
