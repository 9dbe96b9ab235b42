import { z } from 'zod';

/** Money as it travels: whole halalas. */
export const Amount = z.strictObject({ halalas: z.number().int().positive(), currency: z.literal('SAR') });
export const Id = z.string().min(1).max(200);
export const Text = z.string().max(2000);
/** A request without content. */
export const Nothing = z.strictObject({});

/** Appends to the list under this key. */
export function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
