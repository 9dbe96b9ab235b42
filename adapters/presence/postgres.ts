import { createChannel } from '../postgres/channel';
import type { Database } from '../postgres/database';
import type { Presence, Present } from './port';

const NAME = 'case_viewers';

export function createPresence(database: Database): Presence {
  const channel = createChannel<Present>(database.url, { name: NAME, applicationName: 'tajdid-viewers' });
  return {
    async tell(present) {
      const text = 'SELECT pg_notify($1, $2)';
      await database.from('case').query({ text, values: [NAME, JSON.stringify(present)] });
    },
    hear: (onPresent, onGap) => channel.subscribe(onPresent, onGap),
  };
}
