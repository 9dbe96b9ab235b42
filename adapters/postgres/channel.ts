import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { failureFrom } from './failure';

export interface ChannelName {
  readonly name: 'case_events' | 'case_viewers';
  readonly applicationName: string;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

interface Listener<T> {
  readonly onMessage: (message: T) => void;
  readonly onGap: () => void;
}

export interface Channel<T> {
  /** `onGap` is called when the connection was lost and is there again: what was sent in between was missed. */
  subscribe(onMessage: (message: T) => void, onGap: () => void): Promise<{ close(): Promise<void> }>;
}

/**
 * JSON messages by LISTEN, on one connection of its own for all subscribers of this program. The first subscription opens it,
 * the last one's end closes it; when it breaks it is opened again, at growing intervals.
 */
export function createChannel<T>(url: string, { name, applicationName }: ChannelName): Channel<T> {
  const listeners = new Set<Listener<T>>();
  let connection: Promise<Client> | undefined;
  let missed = false;

  const open = (): Promise<Client> => {
    const opening = connect<T>(url, { name, applicationName }, tell);
    connection = opening;
    const ended = () => {
      if (connection === opening) connection = undefined;
    };
    opening.then((client) => {
      client.once('end', () => {
        const lost = connection === opening;
        ended();
        if (lost) void reconnect();
      });
      if (missed) for (const { onGap } of listeners) onGap();
      missed = false;
    }, ended);
    return opening;
  };

  const tell = (message: T) => {
    for (const { onMessage } of listeners) onMessage(message);
  };

  const reconnect = async (): Promise<void> => {
    missed = true;
    for (let wait = FIRST_PAUSE; listeners.size > 0; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      await pause(wait, undefined, { ref: false });
      if (listeners.size === 0) return;
      // Whoever subscribed meanwhile may be opening it, and nobody tries again where that fails: it is waited for as one's own try is.
      const opened = await (connection ?? open()).then(
        () => true,
        () => false,
      );
      // Else still gone: tried again after a longer pause. Subscribers are told by `onGap` once it is there.
      if (opened) return;
    }
  };

  const leave = async (listener: Listener<T>): Promise<void> => {
    listeners.delete(listener);
    if (listeners.size > 0 || !connection) return;
    const closing = connection;
    connection = undefined;
    missed = false;
    await closing.then((client) => client.end()).catch(() => undefined);
  };

  return {
    async subscribe(onMessage, onGap) {
      const listener: Listener<T> = { onMessage, onGap };
      listeners.add(listener);
      try {
        await (connection ?? open());
      } catch (error) {
        listeners.delete(listener);
        throw error;
      }
      return { close: () => leave(listener) };
    },
  };
}

async function connect<T>(
  url: string,
  { name, applicationName }: ChannelName,
  tell: (message: T) => void,
): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: applicationName,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => {
    if (payload !== undefined) tell(JSON.parse(payload) as T);
  });
  try {
    await client.connect();
    await client.query(`LISTEN ${name}`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw failureFrom(error, 'case');
  }
}
