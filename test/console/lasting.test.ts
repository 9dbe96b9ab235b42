import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../support/until';
import { describeInBrowser } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 120_000;

describeInBrowser('a console that is left open', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsoleWorld();
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  test(
    'a stream on which nothing comes any more is not called live, and is opened again',
    async () => {
      // One that says that it is there and then never anything, as after a change of the network; and one that waits to be let in.
      const opened: ServerResponse[] = [];
      const hear = (res: ServerResponse): void => {
        res.writeHead(200, { 'content-type': 'text/event-stream' }).write(': still here\n\n');
      };
      const silent = createServer((_req, res) => {
        if (opened.push(res) === 1) hear(res);
      });
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { page, close } = await world.signedIn('staff-101');
      try {
        await page.route('**/v1/work-queue/stream', (route) =>
          route.continue({ url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/` }),
        );
        await page.clock.install();
        await page.reload();
        const live = page.locator('.live', { hasText: 'Live' });
        await live.waitFor();
        await page.clock.fastForward(40_000);
        expect(await live.count()).toBe(1);
        await page.clock.fastForward(6_000);
        await page.locator('.live.off').waitFor();
        await until(
          () => Promise.resolve(opened.length),
          (count) => count === 2,
        );
        hear(opened[1]!);
        await live.waitFor();
      } finally {
        await close();
        silent.closeAllConnections();
        silent.close();
      }
    },
    MINUTES,
  );
});
