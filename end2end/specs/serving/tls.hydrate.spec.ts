import { expect, test } from '../../fixtures';
import { expectConversation, meet } from '../../fixtures/journeys';
import { certificateFiles, trustAnything } from '../../fixtures/tls';

test("a call runs over the server's own TLS, signalling included", async ({ startServer, arrive }) => {
  const files = await certificateFiles();
  const env = { TLS_CERT_FILE: files.certificate, TLS_KEY_FILE: files.key };
  const { origin } = await startServer({ env, https: true });
  expect(origin).toMatch(/^https:/);
  const patient = await arrive('patient', { origin, flags: trustAnything });
  const provider = await arrive('provider', { origin, flags: trustAnything });
  await meet(patient, provider);
  await expectConversation(patient, provider);
  expect(patient.watch.requests.filter((url) => url.startsWith('ws:') || url.startsWith('http:'))).toEqual([]);
  expect(patient.watch.requests.some((url) => url.startsWith('wss:'))).toBe(true);
  files.remove();
});
