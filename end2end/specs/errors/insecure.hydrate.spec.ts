import { expect, test } from '../../fixtures';

test('on an insecure origin the page says that the address must begin with https, and one can still watch and listen', async ({
  arrive,
  server,
  provider,
}) => {
  await provider.open();
  await provider.joinRoom();
  const origin = `http://owl.example:${server.port}`;
  const patient = await arrive('patient', { origin, names: ['MAP owl.example 127.0.0.1'] });
  patient.watch.provokes(/Cross-Origin-Opener-Policy header has been ignored/); // the browser's own word on such an origin
  await patient.open();
  await patient.join.click();
  const alert = await patient.expectFailure('insecure');
  await expect(alert).toContainText(/https/i);
  await patient.expectUsableAgain({ camera: 'never on' });

  await patient.page.getByRole('button', { name: 'Join without camera or microphone' }).click();
  await patient.expectInRoom();
  await patient.expectSees('Provider', provider.colour);
  await patient.expectHears('Provider', provider.colour);
  await expect(provider.remote('Patient')).toBeVisible();
});
