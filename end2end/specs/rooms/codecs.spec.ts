import { expect, test } from '../../fixtures/rooms';
import { camera, expectAllSee, expectTogether, type JoinOptions, microphone, type Person } from '../../fixtures/rooms-person';
import { Relay } from '../../fixtures/rooms-relay';

interface Sent {
  video: string | undefined;
  audio: string | undefined;
}

/// The codecs in which somebody really sends, by the SDK's own statistics.
function codecs(person: Person): Promise<Sent> {
  return person.page.evaluate(async () => {
    const [report] = await window.stage.room!.getStats();
    return { video: report?.localVideoTrackStats[0]?.codec ?? undefined, audio: report?.localAudioTrackStats[0]?.codec ?? undefined };
  });
}

const preferences: Record<string, [JoinOptions, Sent]> = {
  'VP9 and PCMU': [{ preferredVideoCodecs: ['VP9'], preferredAudioCodecs: ['PCMU'] }, { video: 'VP9', audio: 'PCMU' }],
  'VP8 and opus': [{ preferredVideoCodecs: ['VP8'], preferredAudioCodecs: ['opus'] }, { video: 'VP8', audio: 'opus' }],
};

for (const [name, [options, expected]] of Object.entries(preferences)) {
  test(`who prefers ${name} gets it`, async ({ people }) => {
    const [ada, ben] = (await people(2)) as [Person, Person];
    await ada.join('lobby', { tracks: [camera, microphone], ...options });
    await ben.join('lobby', { tracks: [camera, microphone], ...options });
    await ben.expectSees(ada);
    for (const one of [ada, ben]) await expect.poll(() => codecs(one)).toEqual(expected);
  });
}

test('options for a media server do no harm: simulcast, bandwidth profile, dominant speaker, network quality', async ({ people }) => {
  const everybody = (await people(3)) as [Person, Person, Person];
  const options: JoinOptions = {
    bandwidthProfile: { video: { mode: 'collaboration', clientTrackSwitchOffControl: 'auto', contentPreferencesMode: 'auto' } },
    dominantSpeaker: true,
    networkQuality: { local: 1, remote: 1 },
    notifyWarnings: ['recording-media-lost'],
    preferredVideoCodecs: 'auto' as never,
  };
  for (const one of everybody) await one.join('lobby', { tracks: [camera, microphone], ...options });
  await expectTogether(everybody, ['camera', 'microphone']);
  await expectAllSee(everybody);
  for (const one of everybody) await one.publish({ kind: 'video', name: 'screen' });
  await expectAllSee(everybody, 'screen');
});

test('a limit on the bit rate of sound holds at the other side', async ({ people }) => {
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  await ada.join('lobby', { tracks: [microphone], maxAudioBitrate: 8_000 });
  await ben.join('lobby', { tracks: [microphone] });
  await cleo.join('lobby');
  /// Bytes in a packet of 20 ms, as soon as some have come.
  const size = (who: Person): Promise<number> =>
    cleo.page.evaluate(async (name) => {
      const person = [...window.stage.room!.participants.values()].find(({ identity }) => identity === name);
      const [publication] = person?.audioTracks.values() ?? [];
      const reports = await window.stage.room!.getStats();
      const stats = reports.flatMap(({ remoteAudioTrackStats }) => remoteAudioTrackStats).find(({ trackSid }) => trackSid === publication?.trackSid);
      const { bytesReceived, packetsReceived } = stats ?? {};
      return (packetsReceived ?? 0) > 50 ? (bytesReceived ?? 0) / packetsReceived! : Number.NaN;
    }, who.name);
  await expect.poll(() => size(ben), { message: 'bytes in a packet without a limit' }).toBeGreaterThan(35);
  await expect.poll(() => size(ada), { message: 'bytes in a packet at 8 kbit/s' }).toBeLessThan(30);
});

const noisy = { ...camera, noisy: true };
const limit = 100_000;

/// What arrives of another's picture between two looks, in bits per second.
function pictureRate(who: Person, of: Person): () => Promise<number> {
  let before: { bytes: number; at: number } | undefined;
  return async () => {
    const now = await who.page.evaluate(async (name) => {
      const person = [...window.stage.room!.participants.values()].find(({ identity }) => identity === name);
      const [publication] = person?.videoTracks.values() ?? [];
      const reports = await window.stage.room!.getStats();
      const stats = reports.flatMap(({ remoteVideoTrackStats }) => remoteVideoTrackStats).find(({ trackSid }) => trackSid === publication?.trackSid);
      return { bytes: stats?.bytesReceived ?? 0, at: stats?.timestamp ?? 0 };
    }, of.name);
    const rate = before ? ((now.bytes - before.bytes) * 8_000) / (now.at - before.at) : Number.NaN;
    before = now;
    return rate;
  };
}

// Looks of two seconds: the encoder spends its bits unevenly.
const looks = { intervals: [2_000], timeout: 40_000 };

async function expectLimited(who: Person, of: Person): Promise<void> {
  const rate = pictureRate(who, of);
  await expect.poll(async () => ((now) => now > 0 && now < 1.5 * limit)(await rate()), { message: `${of.name}'s picture keeps to the limit`, ...looks }).toBe(true);
}

async function expectUnlimited(who: Person, of: Person): Promise<void> {
  await expect.poll(pictureRate(who, of), { message: `bits per second of ${of.name}'s picture`, ...looks }).toBeGreaterThan(2.5 * limit);
}

test('a limit on the bit rate of pictures holds at the other side', async ({ people }) => {
  test.setTimeout(120_000);
  const [ada, ben, cleo] = (await people(3)) as [Person, Person, Person];
  await ada.join('lobby', { tracks: [noisy], maxVideoBitrate: limit });
  await ben.join('lobby', { tracks: [noisy] });
  await cleo.join('lobby');
  await expectUnlimited(cleo, ben);
  await expectLimited(cleo, ada);
});

test('limits that are set and taken away in the middle of a call hold from then on', async ({ people }) => {
  test.setTimeout(180_000);
  const [ada, ben] = (await people(2)) as [Person, Person];
  await ada.join('lobby', { tracks: [noisy] });
  await ben.join('lobby');
  await expectUnlimited(ben, ada);
  const set = (maxVideoBitrate: number | null): Promise<void> =>
    ada.page.evaluate((limit) => void window.stage.room!.localParticipant.setParameters({ maxVideoBitrate: limit }), maxVideoBitrate);
  await set(limit);
  await expectLimited(ben, ada);
  await set(null);
  await expectUnlimited(ben, ada);
});

test('descriptions and candidates reach the other side as they were said, letter by letter', async ({ rooms, enter }) => {
  const lines = [await Relay.to(rooms.signalling), await Relay.to(rooms.signalling)] as const;
  const [ada, ben] = [await enter('Ada', { signalling: lines[0].address }), await enter('Ben', { signalling: lines[1].address })];
  await ada.join('lobby', { tracks: [camera, microphone], preferredVideoCodecs: ['VP9'], maxAudioBitrate: 20_000 });
  await ben.join('lobby', { tracks: [camera], preferredVideoCodecs: ['VP8'] });
  await ada.publish({ kind: 'video', name: 'screen' });
  await Promise.all([ada.expectSees(ben), ben.expectSees(ada, 'screen')]);

  const said = (line: Relay, from: 'client' | 'server'): string[] =>
    line.log.flatMap(({ from: side, body }) => {
      if (side !== from) return [];
      const peers = (body?.['peer_connections'] ?? []) as { id: string; description?: { sdp?: string }; ice?: { candidates: object[] } }[];
      return peers.flatMap(({ id, description, ice }) => [
        ...(description?.sdp ? [sorted({ id, description })] : []),
        ...(ice?.candidates ?? []).map((candidate) => sorted({ id, candidate })),
      ]);
    });
  const kinds = (messages: Set<string>): string[] => ['offer', 'answer', 'candidate:'].filter((kind) => [...messages].some((message) => message.includes(kind)));
  for (const [one, other] of [lines, lines.toReversed()] as const) {
    const heard = new Set(said(other!, 'server'));
    expect(kinds(heard), 'what was heard').toEqual(['offer', 'answer', 'candidate:']);
    const original = new Set(said(one!, 'client'));
    expect([...heard].filter((message) => !original.has(message)), 'and never said').toEqual([]);
  }
  for (const line of lines) await line.close();
});

/// As text, whatever the order of the fields was.
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (part?.constructor === Object ? Object.fromEntries(Object.entries(part).sort()) : part));
}
