// The peer of the room server in `make bench`: the least that does the same work on Node's `ws`. It greets, checks the token's signature,
// knows rooms and participants, tells them of each other, relays their peer connections, and beats. It keeps nothing over a restart,
// checks no limits, and forgets what it has relayed.
import { createHmac, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';

// The browser tests' own copy.
const { WebSocketServer } = createRequire(new URL('../../end2end/package.json', import.meta.url))('ws');

const [port, secret] = [Number(process.env.PORT), process.env.SECRET];
const HEARTBEAT_MS = 2000;
const rooms = new Map();
const sid = (prefix) => prefix + randomBytes(16).toString('hex');

function grants(token) {
  const [header, payload, signature] = token.split('.');
  const expected = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
  if (signature !== expected) throw new Error('signature');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (claims.exp * 1000 < Date.now()) throw new Error('expired');
  return claims.grants;
}

const server = new WebSocketServer({ port, host: '127.0.0.1', perMessageDeflate: false });
server.on('connection', (socket) => {
  let heard = Date.now();
  let told = heard;
  let me;
  const send = (frame) => { told = Date.now(); socket.send(JSON.stringify(frame)); };
  const say = (body) => send({ type: 'msg', body });
  const beat = setInterval(() => {
    const now = Date.now();
    if (now - heard > 3 * HEARTBEAT_MS) socket.terminate();
    else if (now - told >= HEARTBEAT_MS) send({ type: 'heartbeat' });
  }, HEARTBEAT_MS / 2);

  const view = ({ sid, identity, state, revision, tracks }) => ({ sid, identity, state, revision, tracks });
  const others = () => [...me.room.participants.values()].filter((other) => other !== me);

  function connect(body) {
    const { identity, video } = grants(body.token);
    let room = rooms.get(video.room);
    if (!room) rooms.set(video.room, (room = { sid: sid('RM'), name: video.room, revision: 0, participants: new Map() }));
    me = { sid: sid('PA'), identity, state: 'connected', revision: ++room.revision, tracks: body.participant.tracks, session: sid(''), room, say };
    room.participants.set(me.sid, me);
    say({
      type: 'connected', version: 2, sid: room.sid, name: room.name, session: me.session,
      options: { session_timeout: 30, signaling_region: 'local', media_region: null },
      participant: { sid: me.sid, identity, state: 'connected', revision: 1 },
      participants: others().map(view),
      published: { revision: ++room.revision, tracks: [] }, subscribed: { revision: ++room.revision, tracks: [] },
      peer_connections: [], recording: { is_recording: false, revision: 1 },
    });
    for (const other of others()) other.say({ type: 'update', participants: [view(me)], peer_connections: body.peer_connections });
  }

  function update(body) {
    if (body.session !== me?.session) throw new Error('session');
    for (const other of others()) other.say({ type: 'update', peer_connections: body.peer_connections });
  }

  function leave() {
    clearInterval(beat);
    if (!me) return;
    me.room.participants.delete(me.sid);
    me.state = 'disconnected';
    for (const other of others()) other.say({ type: 'update', participants: [view(me)] });
    if (me.room.participants.size === 0) rooms.delete(me.room.name);
    me = undefined;
  }

  function request(body) {
    if (body.type === 'connect') connect(body);
    else if (body.type === 'update') update(body);
    else if (body.type === 'disconnect') { leave(); socket.close(1000); }
  }

  socket.on('message', (text) => {
    heard = Date.now();
    const frame = JSON.parse(text);
    if (frame.type === 'hello') {
      send({ type: 'welcome', negotiatedTimeout: HEARTBEAT_MS });
      if (frame.body) request(frame.body);
    } else if (frame.type === 'msg') request(frame.body);
  });
  socket.on('close', leave);
  socket.on('error', () => socket.terminate());
});
