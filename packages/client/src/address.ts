/** Refuses here, by name, what `fetch` would fail with as it fails with a lost connection: such an address would be tried for ever. */
export function webAddress(name: string, text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new RangeError(`${name} is no address of the web`);
  return text;
}
