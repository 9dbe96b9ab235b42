import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isPublicAddress, targetOf } from '../../adapters/portal-webhooks/addresses';
import { createSender } from '../../adapters/portal-webhooks/sender';
import { RETRY_STEPS } from '../../domain/services/portal-webhooks';
import { DAY } from '../../domain/time';
import { PORTAL_CERTIFICATE, PORTAL_KEY, TEST_CA } from './certificates';
import { receiver } from './webhook-world';
import { listening } from '../support/listening';

const sending = (url: string) => ({
  url,
  id: 'msg_1',
  body: '{}',
  secrets: ['whsec_c2FuZGJveC1wYXltZW50cy13ZWJob29rLXNlY3JldA=='],
});

test.each([
  'https://127.0.0.1/',
  'https://127.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://0.0.0.0/',
  'https://10.1.2.3/',
  'https://172.31.0.1/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://100.100.100.200/',
  'https://168.63.129.16/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'https://[fd00:ec2::254]/',
  'https://[fe80::1]/',
  'https://[ff02::1]/',
  'https://localhost/',
  'https://localhost./',
])('%s is not sent to', async (url) => {
  expect(await targetOf(url, { privateAddresses: false })).toEqual({ refusal: 'private-address' });
});

test.each([
  ['http://portal.example/', 'not-https'],
  ['ftp://portal.example/', 'not-https'],
  ['https://user:secret@portal.example/', 'has-credentials'],
  ['not an address', 'unreadable'],
  ['https://no-such-name.invalid/', 'name-unknown'],
])('%s: %s', async (url, refusal) => {
  expect(
    await targetOf(url, { privateAddresses: false, resolve: () => Promise.reject(new Error('ENOTFOUND')) }),
  ).toEqual({ refusal });
});

test('public addresses are sent to, and a name only when every address of it is', async () => {
  for (const address of ['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111'])
    expect([address, isPublicAddress(address)]).toEqual([address, true]);
  const resolve = (found: string[]) => ({ privateAddresses: false, resolve: () => Promise.resolve(found) });
  expect(await targetOf('https://portal.example/x', resolve(['8.8.8.8', '1.1.1.1']))).toMatchObject({
    address: '8.8.8.8',
  });
  expect(await targetOf('https://portal.example/x', resolve(['8.8.8.8', '127.0.0.1']))).toEqual({
    refusal: 'private-address',
  });
});

test('a name that led to a public address when it was registered and leads here now is not connected to', async () => {
  const here = await receiver();
  const answers = [['93.184.216.34'], ['127.0.0.1']];
  const sender = createSender({ privateAddresses: false, resolve: () => Promise.resolve(answers.shift() ?? []) });
  const url = here.url.replace('http://127.0.0.1', 'https://rebinding.example');
  expect(await sender.check(url)).toBeUndefined();
  expect((await sender.send(sending(url))).outcome).toBe('refused-private-address');
  expect(here.received).toEqual([]);
  here.stop();
});

test('the connection goes to the address that was checked, whatever the name says by then', async () => {
  const here = await receiver();
  const port = new URL(here.url).port;
  const sender = createSender({ privateAddresses: true, resolve: () => Promise.resolve(['127.0.0.1']) });
  expect((await sender.send(sending(`http://nowhere.example:${port}/hook`))).outcome).toBe('delivered');
  expect(here.received[0]?.headers.host).toBe(`nowhere.example:${port}`);
  here.stop();
});

test('an endpoint that drips its answer is given up in time, one that never ends is not read to the end, one that is away is not there', async () => {
  const server = createServer((request, response) => {
    response.writeHead(200);
    const endless = request.url === '/endless';
    const drip = setInterval(() => response.write(endless ? Buffer.alloc(32 * 1024) : '.'), endless ? 1 : 20);
    response.on('close', () => clearInterval(drip));
  });
  const { url } = await listening(server);
  const sender = createSender({ privateAddresses: true, answerWithin: 300 });
  expect((await sender.send(sending(`${url}/drip`))).outcome).toBe('timeout');
  const patient = createSender({ privateAddresses: true, answerWithin: 30_000 });
  expect((await patient.send(sending(`${url}/endless`))).outcome).toBe('delivered');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect((await patient.send(sending(`${url}/away`))).outcome).toBe('unreachable');
});

test.each([
  'http://169.254.169.254/latest/meta-data/',
  'http://168.63.129.16/',
  'http://100.100.100.200/',
  'http://[::ffff:169.254.169.254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[fd00:ec2::254]/',
  'http://metadata.example/',
])('where private addresses are allowed, %s is still not sent to', async (url) => {
  const resolve = () => Promise.resolve(['10.0.0.1', '169.254.169.254']);
  expect(await targetOf(url, { privateAddresses: true, resolve })).toEqual({ refusal: 'private-address' });
  expect(await targetOf('http://10.0.0.1/', { privateAddresses: true, resolve })).toMatchObject({
    address: '10.0.0.1',
  });
});

test('a name that is never resolved is not waited for', async () => {
  const resolve = () => new Promise<string[]>(() => undefined);
  expect(await targetOf('https://slow.example/', { privateAddresses: false, resolve, resolveWithin: 20 })).toEqual({
    refusal: 'name-unknown',
  });
});

test('the certificate has to be for the name, although the connection goes to an address', async () => {
  const server = createTlsServer({ cert: PORTAL_CERTIFICATE, key: PORTAL_KEY }, (_request, response) => {
    response.writeHead(204).end();
  });
  const { port } = await listening(server);
  const resolve = () => Promise.resolve(['127.0.0.1']);
  const outcome = async (name: string, ca?: string): Promise<string> =>
    (
      await createSender({ privateAddresses: true, resolve, ...(ca === undefined ? {} : { ca }) }).send(
        sending(`https://${name}:${port}/hook`),
      )
    ).outcome;
  expect(await outcome('portal.example', TEST_CA)).toBe('delivered');
  expect(await outcome('other.example', TEST_CA)).toBe('unreachable');
  expect(await outcome('portal.example')).toBe('unreachable');
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('retries take three days in all', () => {
  expect(RETRY_STEPS.reduce((sum, step) => sum + step, 0)).toBe(3 * DAY);
  expect([...RETRY_STEPS].sort((a, b) => a - b)).toEqual(RETRY_STEPS);
});
