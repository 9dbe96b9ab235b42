import { Webhook } from 'standardwebhooks';
import { receiveWebhooks } from '../../packages/client/examples/receive-webhooks';

const SECRET = 'whsec_c2VjcmV0IG9mIGEgcG9ydGFs';

function send(url: string, id: string): Promise<number> {
  const now = new Date();
  const body = JSON.stringify({ data: { caseId: 'rnw_1', version: 1 } });
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(SECRET).sign(id, now, body),
  };
  return fetch(url, { method: 'POST', body, headers }).then(({ status }) => status);
}

test('the webhook example says that a failure was its own, takes the message when it comes again, and acts on it once', async () => {
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  let acted = 0;
  let broken = true;
  const { url, server } = await receiveWebhooks(
    0,
    () => SECRET,
    () => {
      if (broken) throw new Error('the portal has no database');
      acted += 1;
    },
  );
  try {
    expect(await send(url, 'msg_1')).toBe(500);
    expect(said.mock.calls).toEqual([['msg_1: Error: the portal has no database\n']]);
    broken = false;
    expect([await send(url, 'msg_1'), await send(url, 'msg_1'), acted]).toEqual([204, 204, 1]);
    const forged = await fetch(url, { method: 'POST', body: '{}' });
    expect(forged.status).toBe(401);
  } finally {
    said.mockRestore();
    server.close();
    server.closeAllConnections();
  }
});
