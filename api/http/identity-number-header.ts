import type { Request } from 'express';
import type { IdentityNumber } from '../../domain/identity-number';
import { identityNumberIn } from '../cases/file-case';

/** Identity numbers never stand in an address: where a request has no body for one, it comes in the header Identity-Number. */
export function identityNumberInHeader({ headers }: Request): IdentityNumber {
  const header = headers['identity-number'];
  // Node reads header bytes as Latin-1; digits in Arabic come as UTF-8.
  return identityNumberIn(typeof header === 'string' ? Buffer.from(header, 'latin1').toString('utf8') : '');
}
