import { expect, test } from '../../fixtures';

test('on an insecure origin the page says that the address must begin with https', async ({ arrive, server }) => {
  const origin = `http://owl.example:${server.port}`;
  const patient = await arrive('patient', { origin, names: ['MAP owl.example 127.0.0.1'] });
  patient.watch.provokes(/Cross-Origin-Opener-Policy header has been ignored/); // the browser's own word on such an origin
  await patient.open();
  await patient.join.click();
  const alert = await patient.expectFailure('insecure');
  await expect(alert).toContainText(/https/i);
  await expect(patient.join).toBeEnabled();
  await expect(patient.leave).toBeHidden();
});
