import { caseIdFor } from '../../client/case-id';

export const CLIENT = 'absher-individuals';

/**
 * For trying out, and no part of the portal: the sandbox's gateway, which pays by itself at once, leaves it to the person. It is told
 * before the filing, so by the id that the filing will have.
 */
export const payingByHand =
  (url: string, secret: string) =>
  async (key: string): Promise<void> => {
    await fetch(`${url}/control/cases/${caseIdFor('id-renewal', CLIENT, key)}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ payments: 'manual' }),
    });
  };
