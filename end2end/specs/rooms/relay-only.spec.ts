import { expect, test } from '../../fixtures/rooms';
import { camera, expectAllSee } from '../../fixtures/rooms-person';
import { Relay } from '../../fixtures/rooms-relay';
import { TurnServer } from '../../fixtures/turn';

test('in relay-only rooms an application that knows nothing of it tells nobody an address, and its pictures move', async ({ startRooms, enter }) => {
  const turn = await TurnServer.start();
  try {
    const rooms = await startRooms({ ...turn.settings, STUN_URLS: `stun:${turn.address}:${turn.port}`, RELAY_ONLY: 'on' });
    const lines = [await Relay.to(rooms.signalling), await Relay.to(rooms.signalling)];
    const people = [];
    for (const [index, line] of lines.entries()) people.push(await enter(['Ada', 'Ben'][index]!, { signalling: line.address }));
    for (const one of people) await one.join('r', { tracks: [camera], token: rooms.token({ identity: one.name }) });
    await expectAllSee(people);

    const told = (line: Relay, from: 'client' | 'server'): string[] => {
      const words = line.log.filter((passing) => passing.from === from).map(({ frame }) => JSON.stringify(frame));
      return words.join('\n').match(/candidate:[^"\\]*/g) ?? [];
    };
    for (const line of lines) {
      // Both say where they are: it is the room server that keeps it to itself.
      await expect.poll(() => told(line, 'client').some((candidate) => candidate.includes('typ host'))).toBe(true);
      await expect.poll(() => told(line, 'server').length, { message: 'relays' }).toBeGreaterThan(0);
      for (const candidate of told(line, 'server')) expect(candidate).toMatch(/ typ relay raddr 0\.0\.0\.0 rport 9\b/);
      const [iced] = line.messages('server', 'iced');
      expect(iced!['ice_servers'], 'no STUN server, whose answer nobody may be told').toHaveLength(1);
      const { username, credential } = iced!['ice_servers'][0];
      expect(credential).toBe(turn.password(username));
    }
    expect(turn.names, 'each browser has a name of its own').toHaveLength(2);
    for (const line of lines) await line.close();
  } finally {
    await turn.stop();
  }
});
