import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { failureFrom } from '../postgres/failure';
import type { CaseChange, CaseChanges, Subscription } from './port';

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5_000;

interface Listener {
  readonly onChange: (change: CaseChange) => void;
  readonly onGap: () => void;
}

/**
 * Case changes by LISTEN, on one connection of its own for all subscribers of this program. The first subscription opens it,
 * the last one's end closes it; when it breaks it is opened again, at growing intervals.
 */
export function createCaseChanges(url: string): CaseChanges {
  const listeners = new Set<Listener>();
  let connection: Promise<Client> | undefined;
  let missed = false;

  const open = (): Promise<Client> => {
    const opening = connect(url, tell);
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

  const tell = (change: CaseChange) => {
    for (const { onChange } of listeners) onChange(change);
  };

  const reconnect = async (): Promise<void> => {
    missed = true;
    for (let wait = FIRST_PAUSE; listeners.size > 0 && !connection; wait = Math.min(wait * 2, LONGEST_PAUSE)) {
      await pause(wait, undefined, { ref: false });
      // Still gone: tried again after a longer pause. Subscribers are told by `onGap` once it is there.
      if (listeners.size > 0 && !connection) await open().catch(() => undefined);
    }
  };

  const leave = async (listener: Listener): Promise<void> => {
    listeners.delete(listener);
    if (listeners.size > 0 || !connection) return;
    const closing = connection;
    connection = undefined;
    missed = false;
    await closing.then((client) => client.end()).catch(() => undefined);
  };

  return {
    async subscribe(onChange, onGap): Promise<Subscription> {
      const listener: Listener = { onChange, onGap };
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

async function connect(url: string, tell: (change: CaseChange) => void): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: 'tajdid-changes',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  client.on('notification', ({ payload }) => {
    if (payload !== undefined) tell(JSON.parse(payload) as CaseChange);
  });
  try {
    await client.connect();
    await client.query('LISTEN case_events');
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw failureFrom(error, 'case');
  }
}
