// A stand-in for the Twilio Video SDK that notes what it is asked and lets the test answer.

class Emitter {
  listeners = [];
  on(event, listener) {
    this.listeners.push([event, listener]);
  }
  removeListener(event, listener) {
    this.listeners = this.listeners.filter(([e, l]) => e !== event || l !== listener);
  }
  emit(event, ...args) {
    for (const [e, listener] of [...this.listeners]) if (e === event) listener(...args);
  }
}

class FakeTrack extends Emitter {
  isMuted = false;
  constructor(kind) {
    super();
    Object.assign(this, { kind, stopped: 0, detached: 0, enabled: true, elements: new Set() });
  }
  attach(element) {
    this.elements.add(element);
    return element;
  }
  detach(element) {
    this.detached += 1;
    if (element) this.elements.delete(element);
    else this.elements.clear();
    return [];
  }
  // As the SDK does: whoever still listens hears it, once.
  stop() {
    this.stopped += 1;
    if (this.stopped === 1) this.emit('stopped', this);
  }
  restart() {
    if (sdk.media instanceof Object) return Promise.reject(sdk.media);
    const begin = () => ((this.stopped = 0), this.emit('started', this));
    if (sdk.media === 'later') return new Promise((resolve) => (sdk.grantMedia = () => resolve(begin())));
    return Promise.resolve().then(begin);
  }
  enable() {
    this.enabled = true;
  }
  disable() {
    this.enabled = false;
  }
}

const publication = (sid, kind, track) => ({ trackSid: sid, kind, isTrackEnabled: true, track: track ?? null });

function participant(sid, identity, publications = []) {
  return { sid, identity, state: 'connected', tracks: new Map(publications.map((p) => [p.trackSid, p])) };
}

class FakeRoom extends Emitter {
  participants = new Map();
  disconnected = 0;
  stats = [];
  disconnect() {
    this.disconnected += 1;
    // As the SDK does: whoever still listens hears it.
    this.emit('disconnected', this, undefined);
  }
  getStats() {
    return Promise.resolve(this.stats);
  }
}

let sdk;

// Puts a new fake SDK in place. `media` and `connection` say how it answers: "ok", "later", or an error.
export function install() {
  sdk = { connects: [], asked: [], tracks: [], rooms: [], cancelled: 0, media: 'ok', connection: 'ok', tickets: 0 };
  window.Twilio = {
    Video: {
      createLocalTracks(options) {
        sdk.asked.push(options);
        const tracks = [options.audio && 'audio', options.video && 'video'].filter(Boolean).map((k) => new FakeTrack(k));
        sdk.tracks.push(...tracks);
        if (sdk.media instanceof Object) return Promise.reject(sdk.media);
        if (sdk.media === 'later') return new Promise((resolve) => (sdk.grantMedia = () => resolve(tracks)));
        return Promise.resolve(tracks);
      },
      connect(token, options) {
        sdk.connects.push({ token, options });
        const room = new FakeRoom();
        sdk.rooms.push(room);
        const doctor = participant('PA1', 'provider-1', [
          publication('MT1', 'audio', new FakeTrack('audio')),
          publication('MT2', 'video'),
        ]);
        room.participants.set(doctor.sid, doctor);
        const answer =
          sdk.connection instanceof Object
            ? Promise.reject(sdk.connection)
            : sdk.connection === 'later'
              ? new Promise((resolve) => (sdk.letIn = () => resolve(room)))
              : Promise.resolve(room);
        answer.cancel = () => {
          sdk.cancelled += 1;
          if (sdk.stumbles) throw new TypeError("Cannot read properties of null (reading 'removeListener')");
        };
        return answer;
      },
    },
  };
}

// Answers the page's server function without a server.
export function installServer(ticket) {
  window.fetch = () => {
    sdk.tickets += 1;
    return Promise.resolve(new Response(ticket, { headers: { 'content-type': 'application/x-postcard' } }));
  };
}

export const grantMediaAtOnce = () => (sdk.media = 'ok');
export const refuseMedia = (name) => (sdk.media = new DOMException('no', name));
export const grantMediaLater = () => (sdk.media = 'later');
export const grantIsAwaited = () => Boolean(sdk.grantMedia);
export const grantMedia = () => sdk.grantMedia();
export const refuseConnection = (code) => (sdk.connection = Object.assign(new Error('no'), { code }));
export const letInLater = () => (sdk.connection = 'later');
export const letIn = () => sdk.letIn();
// As the real one does when it is called off before its socket is made.
export const stumbleWhenCancelled = () => (sdk.stumbles = true);

export const askedMedia = () => JSON.stringify(sdk.asked);
export const connectCalls = () =>
  JSON.stringify(
    sdk.connects.map(({ token, options }) => ({ token, ...options, tracks: options.tracks.map((t) => t.kind) })),
  );
export const cancelled = () => sdk.cancelled;
export const ticketsFetched = () => sdk.tickets;
export const trackListeners = () => sdk.tracks.reduce((sum, track) => sum + track.listeners.length, 0);
export const unsupported = () => (window.Twilio.Video.isSupported = false);
export const tracksOn = () => sdk.tracks.filter((t) => t.stopped === 0).map((t) => t.kind).join();
export const tracksAttached = () => sdk.tracks.filter((t) => t.elements.size > 0).length;
export const tracksEnabled = () => sdk.tracks.filter((t) => t.enabled).map((t) => t.kind).join();
export const roomListeners = () => sdk.rooms.at(-1).listeners.length;
export const roomDisconnects = () => sdk.rooms.at(-1)?.disconnected ?? 0;
export const roomsOpen = () => sdk.rooms.filter((room) => room.disconnected === 0).length;

// What the room may say, by name.
export function say(what) {
  const room = sdk.rooms.at(-1);
  const patient = participant('PA2', 'patient-2');
  const own = (kind) => sdk.tracks.findLast((track) => track.kind === kind);
  const video = publication('MT9', 'video', new FakeTrack('video'));
  const events = {
    comes: () => room.emit('participantConnected', patient),
    goes: () => room.emit('participantDisconnected', patient),
    breaks: () => room.emit('participantReconnecting', patient),
    mends: () => room.emit('participantReconnected', patient),
    publishes: () => room.emit('trackPublished', video, patient),
    subscribes: () => room.emit('trackSubscribed', video.track, video, patient),
    unsubscribes: () => room.emit('trackUnsubscribed', video.track, video, patient),
    data: () => room.emit('trackSubscribed', {}, publication('MT8', 'data', {}), patient),
    disables: () => room.emit('trackDisabled', video, patient),
    enables: () => room.emit('trackEnabled', video, patient),
    interrupted: () => room.emit('reconnecting', new Error('lost')),
    back: () => room.emit('reconnected'),
    ends: () => room.emit('disconnected', room, undefined),
    dropped: () => room.emit('disconnected', room, Object.assign(new Error('gone'), { code: 53001 })),
    'camera unplugged': () => own('video').stop(),
    'camera silent': () => own('video').emit('muted', own('video')),
    'camera heard of': () => own('video').emit('unmuted', own('video')),
    'microphone unplugged': () => own('audio').stop(),
    arrives: () =>
      (room.stats = [
        { remoteAudioTrackStats: [{ trackSid: 'MT1', packetsReceived: 3 }], remoteVideoTrackStats: [] },
        { remoteAudioTrackStats: [], remoteVideoTrackStats: [{ trackSid: 'MT2', packetsReceived: 0 }] },
      ]),
  };
  events[what]();
}

let devices;

// The browser's own devices; `camera` is the error with which the camera is refused, and whatever is asked for with it.
export function installDevices(camera) {
  devices = { asked: [], tracks: [] };
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    devices.asked.push(wanted);
    if (wanted.video && camera) throw new DOMException('no', camera);
    const tracks = [
      wanted.audio && new AudioContext().createMediaStreamDestination().stream.getTracks()[0],
      wanted.video && document.createElement('canvas').captureStream().getTracks()[0],
    ].filter(Boolean);
    devices.tracks.push(...tracks);
    return new MediaStream(tracks);
  };
}

export const devicesOn = () => devices.tracks.filter((t) => t.readyState === 'live').map((t) => t.kind).join();
export const devicesAsked = () => JSON.stringify(devices.asked);
