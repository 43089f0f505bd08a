import { expect, test } from '../../fixtures/clinic';

test('the provider logs in and out, and an admin lands where accounts are', async ({ arrive, clinic }) => {
  const provider = await arrive('provider');
  await clinic.logIn(provider.page, 'Okafor');
  expect(new URL(provider.page.url()).pathname).toBe('/clinic');
  const admin = await arrive('provider');
  await clinic.logIn(admin.page, 'Vale');
  expect(new URL(admin.page.url()).pathname).toBe('/admin');
});

test('a patient comes by the code printed beside the link', async ({ arrive, clinic }) => {
  const patient = await arrive('patient');
  await clinic.comeByCode(patient.page, 'Adler');
  await expect(patient.page.getByRole('main')).toContainText(clinic.visitOf('Adler').provider);
});
