import type { Share } from '../../adapters/shares/port';
import { issueSdJwt } from '../../adapters/signing/sd-jwt';
import { bodyNamed } from '../../domain/policies/official-bodies';
import { shareStateAt } from '../../domain/services/shares';
import { instant } from '../../domain/time';
import type { ApiDeps } from '../deps';
import { pathOf, secondsOf, type ShareView } from './share-schemas';

export interface ShareViews {
  viewOf(share: Share): ShareView;
  /**
   * The portable form of these data, until the share's end. Bound to no key of a holder's (it has no `cnf`): whoever has it can show
   * it, so `aud` says for whom it is, and its status is to be asked for.
   */
  credentialOf(share: Share, data: Record<string, unknown>): string;
}

export function shareViews({ services, settings, now = Date.now }: ApiDeps): ShareViews {
  const { signer } = services;
  const viewOf = (share: Share): ShareView => {
    const { id, recipient, fields, purposeDigest, grantedAt, expiresAt, revokedAt } = share;
    const receipt = signer.sign('tajdid-share-receipt+jws', {
      iss: settings.publicUrl,
      jti: id,
      aud: recipient,
      iat: secondsOf(grantedAt),
      exp: secondsOf(expiresAt),
      fields,
      through: share.client,
      ...(purposeDigest === null ? {} : { _sd_alg: 'sha-256', _sd: [purposeDigest] }),
    });
    return {
      id,
      state: shareStateAt(share, now()),
      recipient: { client: recipient, name: bodyNamed(recipient)?.name ?? { ar: recipient, en: recipient } },
      fields: [...fields],
      grantedAt,
      expiresAt,
      revokedAt,
      receipt,
      links: { self: pathOf(id), status: `${pathOf(id)}/status` },
    };
  };
  const credentialOf = (share: Share, data: Record<string, unknown>): string =>
    issueSdJwt(signer, {
      vct: `${settings.publicUrl}/credentials/civil-record`,
      open: {
        iss: settings.publicUrl,
        iat: secondsOf(instant(now())),
        exp: secondsOf(share.expiresAt),
        aud: share.recipient,
        status: { share: { uri: `${settings.publicUrl}${pathOf(share.id)}/status` } },
      },
      disclosable: data,
    });
  return { viewOf, credentialOf };
}
