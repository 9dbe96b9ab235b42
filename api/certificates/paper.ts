import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Reply } from '../http/route';
import { BilingualText } from '../problems/problem';

export const Day = z.string().meta({ format: 'date' });
/** A line of a paper, as it is printed. */
export const Row = z.object({ label: BilingualText, value: BilingualText }).meta({ id: 'PaperRow' });
export const Code = z.string().meta({
  description:
    'What the QR code says: a compact JWS, to be checked with the keys of /.well-known/jwks.json, or asked about',
});

/** The answer as JSON, or as the paper itself where `Accept` asks for application/pdf first. */
export async function paperOrJson<V>(
  { req, res }: { readonly req: Request; readonly res: Response },
  { view, name, pdf }: { readonly view: V; readonly name: string; readonly pdf: () => Promise<Buffer> },
): Promise<Reply<V> | undefined> {
  if (req.accepts(['application/json', 'application/pdf']) !== 'application/pdf')
    return { body: view, headers: { vary: 'Accept' } };
  const bytes = await pdf();
  res
    .status(200)
    .set({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'content-disposition': `inline; filename="${name}.pdf"`,
      vary: 'Accept',
    })
    .send(bytes);
  return undefined;
}
