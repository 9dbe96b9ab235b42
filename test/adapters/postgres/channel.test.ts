import { setTimeout as pause } from 'node:timers/promises';
import { createChannel } from '../../../adapters/postgres/channel';
import { cableTo, type Cable } from '../../support/cable';
import { createTestDatabase, type TestDatabase } from '../../support/engine';
import { until } from '../../support/until';

let database: TestDatabase;
let cable: Cable;
beforeAll(async () => {
  database = await createTestDatabase();
  cable = await cableTo(database.url);
});
afterAll(async () => {
  cable?.stop();
  await database?.drop();
});

test('who listened hears again after an outage, though somebody else subscribed within it and was turned away', async () => {
  const channel = createChannel(cable.url, { name: 'case_events', applicationName: 'tajdid-changes' });
  let gaps = 0;
  const listening = await channel.subscribe(
    () => undefined,
    () => (gaps += 1),
  );
  // The connection breaks, and the host takes new ones and says nothing.
  cable.cut();
  cable.mend();
  cable.swallow();
  // Within the first pause before it is opened again somebody comes, whose own try lasts longer than that pause.
  await pause(30);
  const turnedAway = expect(
    channel.subscribe(
      () => undefined,
      () => undefined,
    ),
  ).rejects.toThrow('the database could not be reached');
  await pause(300);
  cable.mend();
  await turnedAway;
  await until(
    () => Promise.resolve(gaps),
    (count) => count > 0,
  );
  await listening.close();
});
