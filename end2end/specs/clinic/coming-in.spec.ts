import { expect, test } from '../../fixtures/clinic';

test('a patient comes by the code printed beside the link', async ({ arrive, clinic }) => {
  const patient = await arrive('patient');
  await clinic.comeByCode(patient.page, 'Adler');
  await expect(patient.page.getByRole('main')).toContainText(clinic.visitOf('Adler').provider);
});
