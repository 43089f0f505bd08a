import { expect, test } from '../../fixtures/rooms';
import { Relay } from '../../fixtures/rooms-relay';
import { TurnServer } from '../../fixtures/turn';

const tenMinutes = 600;

test('coturn gives a relay for a name that the room server made, and none for the same name once it has ended', async ({ startRooms, enter }) => {
  const turn = await TurnServer.start();
  try {
    const rooms = await startRooms({ ...turn.settings, TURN_TTL: `${tenMinutes}s` });
    const line = await Relay.to(rooms.signalling);
    const ada = await enter('Ada', { signalling: line.address });
    const begun = Math.floor(Date.now() / 1_000);
    await ada.join('lobby', { token: rooms.token({ identity: 'Ada' }) });
    const [made] = line.messages('server', 'iced')[0]!['ice_servers'] as { username: string; credential: string; urls: string[] }[];
    const [end, nonce] = made!.username.split(':');
    expect(Math.abs(Number(end) - begun - tenMinutes), 'seconds beside ten minutes').toBeLessThan(30);

    /// What the TURN server has to say to a name with the right password: the kinds of addresses that it gives, and its errors.
    const ask = (username: string): Promise<{ given: string[]; errors: number[] }> =>
      ada.page.evaluate(
        async (server) => {
          const connection = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' });
          const answer = { given: [] as string[], errors: [] as number[] };
          connection.onicecandidateerror = ({ errorCode }) => answer.errors.push(errorCode);
          const gathered = new Promise<void>((done) => {
            connection.onicecandidate = ({ candidate }) => (candidate ? answer.given.push(candidate.type!) : done());
          });
          connection.createDataChannel('asks for addresses');
          await connection.setLocalDescription();
          await gathered;
          connection.close();
          return answer;
        },
        { urls: made!.urls, username, credential: turn.password(username) },
      );
    expect(await ask(made!.username)).toEqual({ given: ['relay'], errors: [] });
    const ended = await ask(`${begun - 1}:${nonce}`);
    expect(ended.given).toEqual([]);
    expect(new Set(ended.errors), 'unauthorized').toEqual(new Set([401]));
    expect(turn.names, 'it has opened relays for').toEqual([made!.username]);
    await line.close();
  } finally {
    await turn.stop();
  }
});
