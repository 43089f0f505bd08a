import { expect, test } from '../../fixtures';
import { meet } from '../../fixtures/journeys';

test.use({ serverOptions: { env: { LOG: 'info,owl_hospital=trace' } } });

test('a whole visit leaves no token, identity, secret or network address of a person in the log', async ({ server, patient, provider }) => {
  await meet(patient, provider);
  const identities = [await patient.identity(), await provider.identity()];
  await patient.page.request.get(`${server.origin}/token?identity=patient-in-the-query`);
  await provider.leaveRoom();
  await patient.expectWaiting();
  await patient.leaveRoom();
  await server.stop();

  expect(server.log, 'something was logged at all').toMatch(/signaling|request/);
  for (const identity of [...identities, 'patient-in-the-query']) expect(server.log).not.toContain(identity);
  expect(server.log).not.toContain(server.credentials.keySecret);
  expect(server.log, 'a JSON web token').not.toMatch(/eyJ[\w-]{10,}/);
  expect(server.log, 'a session description or candidate').not.toMatch(/candidate:|a=ice-ufrag|m=audio/);
});
